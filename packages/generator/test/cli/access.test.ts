import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type AccessMatrix, cellOf } from '../../dist/access/access-matrix.js'
import { asHtml } from '../../dist/access/as-html.js'
import { asMarkdown } from '../../dist/access/as-markdown.js'
import { asText } from '../../dist/access/as-text.js'
import { painter } from '../../dist/diagnostics/paint.js'
import { filesIn, get, SERVER, temporaryProject, tool } from '../support/project.js'
import { run } from '../support/run.js'

const FILES = {
  'mcp/server.ts': SERVER,
  'mcp/tools/delete-note.ts': tool(`scopes: ['notes:write'],`),
  'mcp/tools/list-notes.ts': tool(`scopes: ['notes:read'],`),
  'mcp/tools/ping.ts': tool(`access: 'public', annotations: { readOnlyHint: true },`),
  'mcp/tools/whoami.ts': tool(`access: 'authenticated',`),
}
const project = () => temporaryProject(FILES)

describe('mcp-gen access', () => {
  it('prints a table that says what each caller needs', async () => {
    const { code, out, err } = await run(['access'], { cwd: project() })
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toBe(`notes 1.0.0: who may do what

Tools          notes:read  notes:write
  delete_note              needed
  list_notes   needed      covers
  ping         PUBLIC: everybody, without a token
  whoami       every caller with a token

needed: a caller must have it, and all of its row
covers: a caller who has it needs not have the one that it implies
notes:write implies notes:read
`)
  })

  it('writes nothing into the project', async () => {
    const cwd = project()
    await run(['access'], { cwd })
    expect(filesIn(cwd)).toEqual(Object.keys(FILES).sort())
  })

  it('prints the matrix as data', async () => {
    const { out } = await run(['access', '--json'], { cwd: project() })
    expect(JSON.parse(out)).toEqual({
      server: { name: 'notes', version: '1.0.0' },
      resource: { env: 'MCP_RESOURCE', development: 'http://localhost:3000/mcp' },
      scopes: [
        { name: 'notes:read', description: 'Read your notes', baseline: true, implies: [] },
        { name: 'notes:write', description: 'Change your notes', baseline: false, implies: ['notes:read'] },
      ],
      items: [
        {
          kind: 'tool',
          name: 'delete_note',
          description: 'A tool',
          access: { kind: 'scopes', scopes: ['notes:write'] },
          conditions: {},
          downstream: [],
          place: 'mcp/tools/delete-note.ts:7',
        },
        expect.objectContaining({ name: 'list_notes' }),
        expect.objectContaining({ name: 'ping', access: { kind: 'public' } }),
        expect.objectContaining({ name: 'whoami', access: { kind: 'authenticated' } }),
      ],
    })
  })

  it('prints it as Markdown', async () => {
    const { out } = await run(['access', '--format', 'markdown'], { cwd: project() })
    expect(out).toContain('| `list_notes` | **needed** | covers |  |\n')
    expect(out).toContain('| `ping` |  |  | **PUBLIC: everybody, without a token** |\n')
  })

  it.each([
    ['access.html', '<!doctype html>'],
    ['ACCESS.MD', '# Who may do what'],
    ['access.json', '{\n  "server"'],
    ['access.txt', 'notes 1.0.0: who'],
  ])('writes %s in the form that its name says', async (file, start) => {
    const cwd = project()
    const { code, out } = await run(['access', '--output', file], { cwd })
    expect({ code, out }).toEqual({ code: 0, out: `wrote   ${file}\n` })
    expect(get(cwd, file).startsWith(start)).toBe(true)
  })

  it('writes a file without colours and as wide as a page, wherever it is written from', async () => {
    const cwd = project()
    await run(['access', '--output', 'a.txt'], { cwd, tty: true, columns: 30, env: { FORCE_COLOR: '1' } })
    const { out } = await run(['access'], { cwd })
    expect(get(cwd, 'a.txt')).toBe(out)
  })

  it('marks what is public on a terminal', async () => {
    const { out } = await run(['access'], { cwd: project(), tty: true, columns: 80 })
    expect(out).toContain('\u001b[33mPUBLIC: everybody, without a token\u001b[39m')
  })

  it.each(['text', 'markdown', 'html'])('shows findings instead of a %s that would be wrong', async (format) => {
    const cwd = temporaryProject({ ...FILES, 'mcp/tools/broken.ts': tool(`scopes: ['notes:raed'],`) })
    const { code, out, err } = await run(['access', '--format', format], { cwd })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('error unknown-scope')
  })

  it('prints findings as data where data was asked for', async () => {
    const cwd = temporaryProject({ ...FILES, 'mcp/tools/broken.ts': tool(`scopes: ['notes:raed'],`) })
    const { code, out, err } = await run(['access', '--json'], { cwd })
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(JSON.parse(out)).toMatchObject({ diagnostics: [{ code: 'unknown-scope' }] })
  })

  it.each([
    { argv: ['access', '--format', 'pdf'], says: 'Choices: "text", "markdown", "json", "html"' },
    { argv: ['access', '--format', 'htm'], says: `Did you mean 'html'?` },
    { argv: ['access', 'acept'], says: 'Did you mean accept?' },
    { argv: ['access', 'diff'], says: 'Something is missing: mcp-gen access diff <ref>' },
    { argv: ['access', 'diff', 'main', '--format', 'html'], says: 'Choices: "text", "markdown", "json"' },
    { argv: ['access', 'accept', '--output', 'x'], says: 'Unknown argument: output' },
    { argv: ['build', '--check', '--watch'], says: '--check looks once' },
    { argv: ['access', '--output'], says: 'output' },
    { argv: ['access', '--outptu=x'], says: `Did you mean '--output'?` },
  ])('$argv is misuse', async ({ argv, says }) => {
    expect(await run(argv, { cwd: project() })).toEqual({ code: 2, out: '', err: expect.stringContaining(says) })
  })

  it('makes no folder for a file', async () => {
    const cwd = project()
    const outcome = await run(['access', '--output', 'reprots/access.html'], { cwd })
    const err = 'reprots/access.html cannot be written: there is no folder reprots\n'
    expect(outcome).toEqual({ code: 2, out: '', err })
    expect(readdirSync(cwd)).toEqual(['mcp'])
  })

  it('leaves nothing behind where a folder has the name', async () => {
    const cwd = project()
    mkdirSync(join(cwd, 'access.html'))
    const { code, err } = await run(['access', '--output', 'access.html'], { cwd })
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/^access\.html cannot be written: E\w+\n$/) })
    expect(readdirSync(cwd).sort()).toEqual(['access.html', 'mcp'])
  })
})

const scope = (name: string, ...implies: string[]) => ({ name, description: `May ${name}`, baseline: false, implies })
const item = (name: string, ...scopes: string[]): AccessMatrix['items'][number] => ({
  kind: 'tool',
  name,
  description: 'A tool',
  access: scopes.length === 0 ? { kind: 'public' } : { kind: 'scopes', scopes },
  conditions: {},
  downstream: [],
  place: 'mcp/tools/a.ts:1',
})
const matrix = (more: Partial<AccessMatrix> = {}): AccessMatrix => ({
  server: { name: 'notes', version: '1.0.0' },
  resource: 'https://notes.example.com/mcp',
  scopes: [scope('a'), scope('b', 'a')],
  items: [item('one', 'a'), item('two')],
  ...more,
})
const text = (shown: AccessMatrix, width: number) => asText(shown, { width, paint: painter(false) })

describe('what a scope is to a tool', () => {
  it.each([
    [['a'], 'a', 'needed'],
    [['a'], 'b', 'covers'],
    [['b'], 'a', 'nothing'],
    [['a', 'b'], 'b', 'needed'],
    [[], 'a', 'nothing'],
  ] as const)('of a tool that needs %j, %s is %s', (needs, name, cell) => {
    const found = matrix().scopes.find((one) => one.name === name) ?? expect.fail()
    expect(cellOf(item('x', ...needs), found)).toBe(cell)
  })
})

describe('where the table does not fit', () => {
  const many = Array.from({ length: 12 }, (_, index) => scope(`scope:number-${index}`))
  const wide = matrix({ scopes: many, items: [item('tool', ...many.map(({ name }) => name)), item('open')] })

  it.each([120, 80, 60, 40])('words take its place, within %i columns, and nothing is lost', (width) => {
    const shown = text(wide, width)
    for (const line of shown.split('\n')) expect(line.length).toBeLessThanOrEqual(width)
    const words = shown.replace(/\s+/g, ' ')
    expect(words).toContain(many.map(({ name }) => name).join(' and '))
    expect(words).toContain('open PUBLIC: everybody, without a token')
  })

  it('a long name has a line of its own', () => {
    const name = 'n'.repeat(64)
    expect(text(matrix({ items: [item(name, 'a')] }), 60)).toContain(`\n  ${name}\n${' '.repeat(30)}a\n`)
  })
})

it('resources and prompts have sections of their own', () => {
  const items = [
    item('one', 'a'),
    { ...item('two', 'a'), kind: 'prompt' as const },
    { ...item('three'), kind: 'resource' as const },
  ]
  const sections = (shown: string) => shown.match(/Tools|Resources|Prompts/g)
  expect(sections(text(matrix({ items }), 80))).toEqual(['Tools', 'Resources', 'Prompts'])
  expect(sections(asMarkdown(matrix({ items })))).toEqual(['Tools', 'Resources', 'Prompts'])
  expect([...asHtml(matrix({ items })).matchAll(/<h2 id="(\w+)">/g)].map(([, id]) => id)).toEqual([
    'Tools',
    'Resources',
    'Prompts',
    'Scopes',
  ])
})

it('sets of scopes and conditions are said in every form', () => {
  const sets = { ...item('share'), access: { kind: 'any-of' as const, anyOf: [['a'], ['b', 'c']] } }
  const conditions = {
    whenDenied: 'hide',
    freshLogin: { maxAgeSeconds: 300 },
    acr: ['phr', 'phrh'],
    argumentScopes: ['c'],
    authorize: true,
  } as const
  const shown = matrix({ items: [sets, { ...item('purge', 'a'), conditions }] })
  for (const written of [text(shown, 120), asMarkdown(shown), asHtml(shown)]) {
    expect(written).toContain('a, or b and c')
    for (const words of [
      'hidden from everybody else',
      'after a login of the last 300 seconds',
      'after a login of level phr or phrh',
      'depending on its arguments also c',
      'if its own rule about the object allows it',
    ]) {
      expect(written).toContain(words)
    }
  }
})

it('services that are called in the name of callers are said in every form', () => {
  const downstream = [
    { audience: 'files', scopes: ['files:list', 'files:read'] },
    { resource: 'urn:mail', scopes: ['mail:send'] },
  ]
  const shown = matrix({ items: [{ ...item('attach', 'a'), downstream }] })
  for (const written of [text(shown, 120), asMarkdown(shown), asHtml(shown)]) {
    expect(written).toContain('calls files in the caller')
    expect(written).toContain('with files:list, files:read')
    expect(written).toContain('calls urn:mail in the caller')
  }
})

it('a server without scopes says who may call all the same', () => {
  const shown = matrix({ scopes: [], items: [item('open'), { ...item('any'), access: { kind: 'authenticated' } }] })
  for (const written of [text(shown, 80), asMarkdown(shown), asHtml(shown)]) {
    expect(written).toContain('PUBLIC: everybody, without a token')
    expect(written).toContain('every caller with a token')
  }
})

describe('the page', () => {
  const page = asHtml(matrix())

  it('needs nothing but itself: no script, no address that is fetched', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|<form|src=|url\(|@import|https?:\/\/(?!notes\.example\.com)/i)
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
  })

  it('is a table to a screen reader, light and dark, and prints', () => {
    expect(page).toContain('<html lang="en">')
    expect(page).toMatch(/<th scope="col"><code>a<\/code><\/th>/)
    expect(page).toMatch(/<th scope="row"><code>one<\/code>/)
    expect(page).toContain('prefers-color-scheme: dark')
    expect(page).toContain('@media print')
  })

  it('says first what is public', () => {
    expect(page).toContain('<strong>Public, without a token: <code>two</code>.</strong>')
    expect(asHtml(matrix({ items: [item('one', 'a')] }))).toContain('Nothing is public')
  })
})

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  `' onmouseover='alert(1)`,
  '</style><script>alert(1)</script>',
  '</title><svg onload=alert(1)>',
  '&lt;b&gt; &amp;',
  '<!-- --> ]]>',
  'javascript:alert(1)',
  '\u001b[31mred\u001b]8;;https://evil.example\u0007',
  '\u202e txet nedih',
  'a\nb\r\nc\u2028d\0',
  '| a | b |\n|---|---|',
  '`code` **bold** [x](javascript:alert(1))',
]

describe.each(HOSTILE)('a spec full of %j', (hostile) => {
  const full = (value: string): AccessMatrix =>
    matrix({
      server: { name: value, version: value },
      resource: value,
      scopes: [{ ...scope(value), description: value }, { ...scope('b', value) }],
      items: [
        { ...item(value, value), description: value, place: value },
        { ...item(value), description: value, place: value },
      ],
    })

  it('does not change the elements of the page', () => {
    const tags = (page: string) => page.match(/<[^>]*>/g)
    expect(tags(asHtml(full(hostile)))).toEqual(tags(asHtml(full('harmless'))))
  })

  it('is shown as it is', () => {
    const shown = asHtml(full(hostile))
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&')
    expect(shown).toContain(hostile.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '\ufffd'))
  })

  it('stays in its cell of Markdown', () => {
    const rows = (page: string) => page.split('\n').map((line) => line.replace(/\\\|/g, '').split('|').length)
    expect(rows(asMarkdown(full(hostile)))).toEqual(rows(asMarkdown(full('harmless'))))
  })

  it('does not act on a terminal', () => {
    expect(text(full(hostile), 80).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
  })
})
