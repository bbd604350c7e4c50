// What docs/access-lock.md shows is what these commands print for examples/notes.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { get, put, temporaryProject, testDirectory } from '../support/project.js'
import { run } from '../support/run.js'

const ROOT = join(testDirectory, '..', '..', '..')
const NOTES = join(ROOT, 'examples', 'notes')
const SHOWN = join(ROOT, 'docs', 'examples', 'lock')
const LEFT_OUT = new Set(['node_modules', 'dist', '.data', '.mcp-secure'])

/** What a review looks at: the rest of what is generated follows from it. */
const REVIEWED = ['access.lock.json', 'generated/ACCESS.md', 'generated/policy.gen.ts', 'mcp/tools/delete-note.ts']

const shown = new Map<string, string>()

beforeAll(async () => {
  const cwd = temporaryProject()
  cpSync(NOTES, cwd, { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) })
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', '-c', 'core.autocrlf=false', ...args], {
      cwd,
      encoding: 'utf8',
    })
  git('init', '--quiet', '--initial-branch', 'main')
  git('add', '--all')
  git('commit', '--quiet', '--no-gpg-sign', '--message', 'Before')
  expect((await run(['build', '--check'], { cwd })).code).toBe(0)

  const file = 'mcp/tools/delete-note.ts'
  const loosened = get(cwd, file).replace(`scopes: ['notes:write']`, `scopes: ['notes:read']`)
  expect(loosened).not.toBe(get(cwd, file))
  put(cwd, file, loosened)
  await run(['build', '--quiet'], { cwd })
  const failing = await run(['build', '--check'], { cwd })
  expect(failing.code).toBe(1)
  shown.set('check.txt', failing.err)
  expect((await run(['access', 'accept', '--quiet'], { cwd })).code).toBe(0)
  expect((await run(['build', '--check'], { cwd })).code).toBe(0)

  // Numbers of objects are for git, and a page of a pull request does not show them either.
  const plain = ['--no-color', '--no-ext-diff', '--unified=2', '--src-prefix=a/', '--dst-prefix=b/']
  shown.set('loosened.diff', git('diff', ...plain, '--', ...REVIEWED).replace(/^(?:index|diff --git) .*\n/gm, ''))
  shown.set('comment.md', (await run(['access', 'diff', 'main', '--format', 'markdown'], { cwd })).out)
})

it.each(['check.txt', 'loosened.diff', 'comment.md'])('docs/examples/lock/%s is what really happens', (name) => {
  const text = shown.get(name) ?? ''
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(SHOWN, { recursive: true })
    writeFileSync(join(SHOWN, name), text)
  }
  expect(text).toBe(get(SHOWN, name).replaceAll('\r\n', '\n'))
})

it('shows the loosening in every file that a review looks at', () => {
  const files = [...(shown.get('loosened.diff') ?? '').matchAll(/^\+\+\+ b\/(.+)$/gm)].map(([, file]) => file)
  expect(files).toEqual(REVIEWED)
})
