import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { marked } from 'marked'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changesAsMarkdown } from '../../dist/access/changes-as-markdown.js'
import { changesAsTable } from '../../dist/access/changes-as-table.js'
import { painter } from '../../dist/diagnostics/paint.js'
import { readFileAtRef } from '../../dist/load/file-at-ref.js'
import type { Change } from '../../dist/lock/change.js'
import { put, SERVER, temporaryProject, tool } from '../support/project.js'
import { run } from '../support/run.js'

const LOCK = 'access.lock.json'
/** A project deep in a repository, where names are not the simplest. */
const FOLDER = 'servers/my notes ü'

describe('mcp-gen access diff', () => {
  let repository: string
  let cwd: string
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', '-c', 'core.autocrlf=false', ...args], {
      cwd: repository,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    })
  const commit = (tag: string) => {
    git('add', '--all')
    git('commit', '--quiet', '--no-gpg-sign', '--allow-empty', '--message', tag)
    git('tag', tag)
  }
  const diff = (...argv: string[]) => run(['access', 'diff', ...argv], { cwd })

  beforeAll(async () => {
    repository = temporaryProject()
    cwd = join(repository, ...FOLDER.split('/'))
    git('init', '--quiet', '--initial-branch', 'trunk')
    put(cwd, 'mcp/server.ts', SERVER)
    put(cwd, 'mcp/tools/list-notes.ts', tool(`scopes: ['notes:write'],`))
    put(cwd, 'mcp/tools/delete-note.ts', tool(`scopes: ['notes:write'],\n  input: z.object({ id: z.string() }),`))
    commit('without')
    put(repository, LOCK, 'the lock of another project')
    expect((await run(['build', '--quiet'], { cwd })).code).toBe(0)
    commit('first')
    put(cwd, LOCK, '{\n  "version": 9\n}\n')
    commit('unreadable')
    git('checkout', '--quiet', 'first')
    put(cwd, 'mcp/tools/list-notes.ts', tool(`scopes: ['notes:read'],`))
    put(
      cwd,
      'mcp/tools/delete-note.ts',
      tool(`scopes: ['notes:write'],\n  input: z.object({ id: z.string().max(9) }),`),
    )
    put(cwd, 'mcp/tools/ping.ts', tool(`scopes: ['notes:read'],`))
  })

  it('prints a table of what the source says now, whatever the lock beside it says', async () => {
    expect(await diff('first')).toEqual({
      code: 0,
      err: '',
      out: `Since first: 1 looser, 1 new, 1 breaks callers

Access   Of                  What            Before       Now
LOOSER   tool 'list_notes'   who may use it  notes:write  notes:read
new      tool 'ping'         who may use it               notes:read
breaks   tool 'delete_note'  input.id                     maxLength is now 9
`,
    })
    const narrow = await run(['access', 'diff', 'HEAD'], { cwd, tty: true, columns: 60, env: { NO_COLOR: '1' } })
    expect(narrow.out).toBe(`Since HEAD: 1 looser, 1 new, 1 breaks callers

  LOOSER   tool 'list_notes': who may use it was notes:write, and is notes:read
  new      tool 'ping': who may use it: notes:read
  breaks   tool 'delete_note': input.id: maxLength is now 9
`)
  })

  it('prints it as Markdown and as data', async () => {
    expect(
      (await diff('first', '--format', 'markdown')).out,
    ).toBe(`**Access since \`first\`:** 1 looser, 1 new, 1 breaks callers

| Access | Of | What | Before | Now |
| --- | --- | --- | --- | --- |
| **looser** | tool \`list_notes\` | who may use it | \`notes:write\` | \`notes:read\` |
| new | tool \`ping\` | who may use it |  | \`notes:read\` |
| breaks callers | tool \`delete_note\` | \`input.id\` |  | \`maxLength is now 9\` |
`)
    const { changes, since } = JSON.parse((await diff('first', '--json')).out)
    expect(since).toBe('first')
    expect(changes.map(({ effect, breaks }: Change) => `${effect} ${breaks}`)).toEqual([
      'looser false',
      'new false',
      'none true',
    ])
  })

  it.each([
    ['nowhere', 'There is no commit, branch or tag "nowhere" here. If it is on a server, fetch it first'],
    ['HEAD:', 'There is no commit, branch or tag "HEAD:" here.'],
    ['first:access.lock.json', 'There is no commit, branch or tag "first:access.lock.json" here.'],
    ['', '"" is no commit, branch or tag'],
    ['a\u001b[31m\nb', 'There is no commit, branch or tag "a\\u001b[31m\\nb" here.'],
    ['without', 'without has no access.lock.json of this project, so there is nothing to compare with.'],
    [
      'unreadable',
      'access.lock.json of unreadable, line 2, column 14: it has version 9, and this mcp-gen knows no newer one than 1',
    ],
  ])('says of %j what is wrong, and compares nothing', async (ref, says) => {
    const { code, out, err } = await diff(ref)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err.startsWith(says)).toBe(true)
    expect(err.split('\n')).toHaveLength(2)
  })

  it.each(['--output=x', '-h', '--upload-pack=x'])('never hands %s to git', async (ref) => {
    expect(await readFileAtRef(cwd, ref, LOCK)).toEqual({
      problem: `${JSON.stringify(ref)} is no commit, branch or tag`,
    })
  })

  it('shows findings of a project that does not build', async () => {
    put(cwd, 'mcp/tools/broken.ts', tool(`scopes: ['notes:raed'],`))
    const { code, out, err } = await diff('first')
    rmSync(join(cwd, 'mcp/tools/broken.ts'))
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('error unknown-scope')
    expect(err).toContain('1 error: what is not right cannot be compared\n')
  })
})

describe('where there is no git', () => {
  const outside = mkdtempSync(join(tmpdir(), 'mcp-gen-diff-'))
  afterAll(() => rmSync(outside, { recursive: true, force: true }))

  it('says that a folder is in no repository', async () => {
    expect(await readFileAtRef(outside, 'main', LOCK)).toEqual({
      problem: expect.stringMatching(
        /^This is no repository of git, or one that it does not open: not a git repository.*Run it in a clone .*git init/,
      ),
    })
  })

  it('says that git is not installed', async () => {
    const { PATH } = process.env
    process.env.PATH = outside
    try {
      expect(await readFileAtRef(outside, 'main', LOCK)).toEqual({
        problem: expect.stringMatching(/^git is not installed/),
      })
    } finally {
      process.env.PATH = PATH
    }
  })
})

const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[here](javascript:alert(1))',
  '![x](https://evil.example/x.png)',
  'https://evil.example/',
  '@somebody',
  '#1',
  '`code`',
  '``',
  '| a | b |\n|---|---|',
  '\\| \\` \\\\',
  '**bold** _it_ ~~gone~~',
  '<!-- -->',
  '&lt;b&gt;',
  '\u001b[31m',
  '\u202etxet',
  '\n\n# heading\n',
]
const hostile = (text: string): Change => ({
  effect: 'looser',
  breaks: true,
  subject: { kind: 'tool', name: text },
  aspect: `input.${text}`,
  before: text,
  after: text,
})

describe.each(HOSTILE)('a name such as %j', (text) => {
  it('is nothing but itself in a comment on a pull request', () => {
    const page = changesAsMarkdown([hostile(text), hostile('plain')], text)
    const html = marked.parse(page, { async: false, gfm: true })
    expect(html.match(/<tr>/g)).toHaveLength(3)
    expect(html.match(/<t[hd]>/g)).toHaveLength(15)
    expect(html).not.toMatch(/<(?!\/?(?:p|strong|code|table|thead|tbody|tr|th|td)>)/)
    // GitHub makes links of addresses, names and numbers, but not in a code span.
    expect(page.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '')).not.toMatch(/[@#<]|https?:/)
  })

  it('stays on its line in a terminal, and does nothing there', () => {
    for (const width of [40, 1_000]) {
      const shown = changesAsTable([hostile(text)], text, { width, paint: painter(false) })
      expect(shown.trim().split('\n')).toHaveLength(width === 40 ? 3 : 4)
      expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
    }
  })
})

it('says that nobody gained or lost anything, where that is so', () => {
  const says = 'nobody gained or lost anything'
  expect(changesAsMarkdown([], 'main')).toBe(`**Access since \`main\`:** ${says}\n`)
  expect(changesAsTable([], 'main', { width: 80, paint: painter(false) })).toBe(`Since main: ${says}\n`)
})
