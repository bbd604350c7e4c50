import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as spec from '@mcp-secure/spec'
import { Node, Project } from 'ts-morph'
import { describe, expect, it } from 'vitest'
import { type Addition, KINDS } from '../../dist/add/kind.js'
import { readName } from '../../dist/add/naming.js'
import { addedFiles } from '../../dist/render/added-files.js'
import { createFiles } from '../../dist/write/create.js'
import { filesIn, get, SERVER, temporaryProject, testDirectory, tool } from '../support/project.js'
import { run } from '../support/run.js'

const require = createRequire(import.meta.url)
const TSC = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc')
const VITEST = join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs')
const GOLDEN = join(testDirectory, 'cli', 'golden')

const project = (files: Readonly<Record<string, string>> = {}) =>
  temporaryProject({ 'mcp/server.ts': SERVER, ...files })
/** Something that a first login opens. */
const READING = { 'mcp/tools/list-notes.ts': tool(`scopes: ['notes:read'],`) }
const add = (name: string, ...more: string[]) => ['add', 'tool', name, ...more]
const scoped = (name: string) => add(name, '--scopes', 'notes:write')

describe('names', () => {
  it.each([
    ['delete_note', 'delete_note', 'delete-note'],
    ['delete-note', 'delete_note', 'delete-note'],
    ['DeleteNote', 'delete_note', 'delete-note'],
    ['deleteNote', 'delete_note', 'delete-note'],
    ['Delete_Note', 'delete_note', 'delete-note'],
    ['HTTPGet', 'http_get', 'http-get'],
    ['delete-note.ts', 'delete_note', 'delete-note'],
    ['notes/delete', 'delete', 'notes/delete'],
    ['a/b/DeleteNote', 'delete_note', 'a/b/delete-note'],
    ['delete', 'delete', 'delete'],
    ['v2', 'v2', 'v2'],
  ])('%s is the tool %s in %s.ts', (text, name, path) => {
    expect(readName(text)).toMatchObject({ name, path })
  })

  it.each([
    ['', ''],
    [' ', ''],
    ['.', ''],
    ['..', ''],
    ['/', ''],
    ['2nd', 'nd'],
    ['delete note', 'delete-note'],
    ['delete-note!', 'delete-note'],
    ['-x', 'x'],
    ['_private', 'private'],
    ['__proto__', 'proto'],
    ['a__b', 'a-b'],
    ['a.test', 'a-test'],
    ['../../etc/passwd', 'etc/passwd'],
    ['/etc/passwd', 'etc/passwd'],
    ['.hidden/x', 'x'],
    ['a//b', 'a/b'],
    ['a\\b', 'a-b'],
    ['C:/x', 'x'],
    ['löschen!', 'loschen'],
    ['删除', ''],
    ["x'; process.exit(1) //", ''],
    ['con', 'con-tool'],
    ['notes/NUL', 'notes/nul-tool'],
    ['a\u202eb', 'a-b'],
    ['a\nb', 'a-b'],
    ['a'.repeat(65), 'a'.repeat(64)],
  ])('%j is refused, and %j suggested', async (text, suggestion) => {
    expect(readName(text)).toEqual({ problem: expect.any(String), suggestion })
    const cwd = project()
    const { code, out, err } = await run(['add', 'tool', text, '--scopes', 'notes:read'], { cwd })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    if (suggestion !== '' && text !== '-x') expect(err).toContain(`Try: mcp-gen add tool ${suggestion}\n`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(err).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/)
    expect(filesIn(cwd)).toEqual(['mcp/server.ts'])
  })

  it.each(['delete_note', '2nd note', 'Ünïcode!', 'a/../b', 'con'])('what is suggested for %j would do', (text) => {
    const read = readName(text)
    const suggestion = 'problem' in read ? read.suggestion : text
    expect(readName(suggestion)).toHaveProperty('name')
  })
})

describe('who may use it is never guessed', () => {
  it.each([
    { more: [], says: '--scopes a,b or --access authenticated|public' },
    { more: ['--yes'], says: '--scopes a,b or --access authenticated|public' },
    { more: ['--scopes', 'notes:raed'], says: `declares no scope "notes:raed". Did you mean 'notes:read'?` },
    { more: ['--scopes', 'notes:read,notes:admin'], says: 'declares no scope "notes:admin"' },
    { more: ['--scopes', ''], says: '--scopes names none' },
    { more: ['--scopes', 'notes:read,'], says: 'a comma too many' },
    { more: ['--scopes', '__proto__'], says: 'declares no scope "__proto__"' },
  ])('$more lists the declared scopes and writes nothing', async ({ more, says }) => {
    const cwd = project()
    const { code, out, err } = await run(add('delete-note', ...more), { cwd })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(says)
    expect(err).toContain('mcp/server.ts declares:\n  notes:read   Read your notes\n  notes:write  Change your notes\n')
    expect(filesIn(cwd)).toEqual(['mcp/server.ts'])
  })

  it.each([
    { more: ['--scopes', 'notes:read', '--access', 'public'], says: '--scopes or --access, not both' },
    { more: ['--access', 'everybody'], says: 'Choices: "authenticated", "public"' },
    { more: ['--access', 'public', '--uri', 'notes://x'], says: '--uri is for a resource' },
    { more: ['--access', 'public', '--description', ' '], says: '--description is empty' },
  ])('$more is refused', async ({ more, says }) => {
    const cwd = project()
    expect(await run(add('x', ...more), { cwd })).toEqual({ code: 2, out: '', err: expect.stringContaining(says) })
    expect(filesIn(cwd)).toEqual(['mcp/server.ts'])
  })

  it('asks the person at a terminal: who, which scopes, what for', async () => {
    const asked: string[] = []
    const ask = {
      one: async (message: string) => {
        asked.push(message)
        return 'scopes'
      },
      some: async (message: string, choices: readonly { readonly value: string }[]) => {
        asked.push(message, ...choices.map(({ value }) => value))
        return ['notes:write']
      },
      text: async (message: string, problem: (answer: string) => string | null) => {
        asked.push(message)
        expect(problem(' ')).toContain('say a few words')
        return 'Delete one note'
      },
    }
    const cwd = project()
    expect((await run(add('delete-note'), { cwd, tty: true, ask })).code).toBe(0)
    expect(asked).toEqual([
      'Who may use it?',
      'Which scopes must a caller have? All of those that you choose.',
      'notes:read',
      'notes:write',
      'What does this tool do? The model reads it.',
    ])
    const text = get(cwd, 'mcp/tools/delete-note.ts')
    expect(text).toContain(`scopes: ['notes:write'],`)
    expect(text).toContain(`description: 'Delete one note',`)
  })

  const nothing = (): Promise<null> => Promise.resolve(null)
  const answer = (value: string) => (): Promise<string> => Promise.resolve(value)
  it.each([{ one: nothing }, { one: answer('scopes'), some: nothing }, { one: answer('public'), text: nothing }])(
    'writes nothing if the person gives up',
    async (ask) => {
      const cwd = project()
      expect(await run(add('x'), { cwd, tty: true, ask })).toEqual({ code: 2, out: '', err: '' })
      expect(filesIn(cwd)).toEqual(['mcp/server.ts'])
    },
  )

  it('asks nothing with --yes, not even on a terminal', async () => {
    const cwd = project()
    const { code, err } = await run(add('x', '--yes'), { cwd, tty: true, ask: {} })
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('Say who may use it') })
  })
})

describe('what is there already', () => {
  const existing = { 'mcp/tools/notes/delete-note.ts': tool(`scopes: ['notes:read'],`) }

  it.each(['delete-note', 'delete_note', 'DeleteNote', 'other/delete-note'])('%s is refused', async (name) => {
    const cwd = project(existing)
    const outcome = await run(scoped(name), { cwd })
    const err = `tool 'delete_note' is there already: mcp/tools/notes/delete-note.ts\n`
    expect(outcome).toEqual({ code: 2, out: '', err })
    expect(filesIn(cwd)).toEqual(['mcp/server.ts', 'mcp/tools/notes/delete-note.ts'])
  })

  it.each(['test/delete-note.test.ts', 'mcp/tools/delete-note.ts/x.txt'])('%s is not touched', async (path) => {
    const cwd = project({ [path]: 'mine' })
    const { code, err } = await run(scoped('delete-note'), { cwd })
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('is there already: ') })
    expect(filesIn(cwd)).toEqual(['mcp/server.ts', path].sort())
    expect(get(cwd, path)).toBe('mine')
  })
})

describe('all or nothing', () => {
  it.each(['test', 'mcp/tools'])('nothing is written if %s cannot be, even by root', async (folder) => {
    const cwd = project()
    symlinkSync(join(cwd, 'nowhere'), join(cwd, ...folder.split('/')), 'junction')
    const { code, out, err } = await run(scoped('delete-note'), { cwd })
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^(?:test|mcp\/tools)\/delete-note\S+ cannot be written: E\w+\. Nothing was\.\n$/)
    expect(
      readdirSync(cwd, { recursive: true, encoding: 'utf8' }).filter((path) => /delete|tmp|generated/.test(path)),
    ).toEqual([])
  })

  it('the second file takes the first one with it, and the folders that were made for it', () => {
    const cwd = project({ 'there/file': 'x' })
    const files = [
      { path: 'new/deep/a.ts', text: 'a' },
      { path: 'there/file/b.ts', text: 'b' },
    ]
    expect(createFiles(cwd, files)).toEqual({ path: 'there/file/b.ts', problem: expect.stringMatching(/^E/) })
    expect(readdirSync(cwd).sort()).toEqual(['mcp', 'there'])
  })

  it('does not replace a file that came in between', () => {
    const cwd = project({ 'b.ts': 'mine' })
    const files = [
      { path: 'a.ts', text: 'a' },
      { path: 'b.ts', text: 'b' },
    ]
    expect(createFiles(cwd, files)).toEqual({ path: 'b.ts', problem: 'EEXIST' })
    expect(filesIn(cwd)).toEqual(['b.ts', 'mcp/server.ts'])
    expect(get(cwd, 'b.ts')).toBe('mine')
  })

  it('keeps a folder into which somebody else wrote meanwhile', () => {
    const cwd = project({ 'there/file': 'x' })
    mkdirSync(join(cwd, 'made'))
    const files = [
      { path: 'made/a.ts', text: 'a' },
      { path: 'there/file/b.ts', text: 'b' },
    ]
    writeFileSync(join(cwd, 'made', 'other'), '')
    expect(createFiles(cwd, files)).not.toBeNull()
    expect(filesIn(cwd)).toEqual(['made/other', 'mcp/server.ts', 'there/file'])
  })
})

describe('a project that cannot be read', () => {
  it.each([
    { files: { 'mcp/server.ts': 'export default 1' }, says: 'error server-unreadable' },
    { files: { 'mcp/server.ts': 'export default (' }, says: 'error syntax-error' },
    { files: { 'mcp/server.ts': SERVER.replace('scopes: {', 'scopes: { ...more,') }, says: 'error unreadable-scope' },
  ])('$says is shown, and nothing written', async ({ files, says }) => {
    const cwd = temporaryProject(files)
    const { code, out, err } = await run(scoped('x'), { cwd })
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain(says)
    expect(err).toMatch(/nothing was written\n$/)
    expect(filesIn(cwd)).toEqual(['mcp/server.ts'])
  })

  it('a folder without mcp/server.ts is one', async () => {
    const cwd = temporaryProject()
    const outcome = await run(scoped('x'), { cwd })
    expect(outcome).toEqual({ code: 1, out: '', err: expect.stringContaining('error server-missing') })
    expect(filesIn(cwd)).toEqual([])
  })

  it('another broken tool is reported by the build that follows, with exit code 1', async () => {
    const cwd = project({ 'mcp/tools/broken.ts': tool(`scopes: ['notes:raed'],`) })
    const { code, out, err } = await run(scoped('x'), { cwd })
    expect({ code, out }).toEqual({ code: 1, out: 'added   mcp/tools/x.ts\nadded   test/x.test.ts\n' })
    expect(err).toContain('mcp/tools/broken.ts:7:12 - error unknown-scope')
  })
})

it('says what it added and built', async () => {
  const { code, out, err } = await run(scoped('notes/delete'), { cwd: project(READING) })
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toMatch(
    /^added {3}mcp\/tools\/notes\/delete\.ts\nadded {3}test\/delete\.test\.ts\nwrote {3}generated\/ACCESS\.md\n/,
  )
})

it('prints the same for a program, and nothing if it is to be quiet', async () => {
  const { out } = await run([...scoped('x'), '--json'], { cwd: project(READING) })
  expect(JSON.parse(out)).toMatchObject({ added: ['mcp/tools/x.ts', 'test/x.test.ts'], diagnostics: [] })
  expect(await run([...scoped('x'), '--quiet'], { cwd: project() })).toEqual({ code: 0, out: '', err: '' })
})

it('says how to install what the test needs', async () => {
  // Above the folder of the tests everything is installed.
  const { installCommand } = await import('../../dist/add/needed-packages.js')
  const { tmpdir } = await import('node:os')
  expect(installCommand(join(tmpdir(), 'nowhere'))).toBe('npm install --save-dev vitest @mcp-secure/testing')
  expect(installCommand(testDirectory)).toBeNull()
})

const addition = (kind: Addition['kind'], access: Addition['access'], text = 'Delete note'): Addition => ({
  kind,
  name: 'delete_note',
  module: 'mcp/tools/delete-note.ts',
  test: 'test/delete-note.test.ts',
  title: text,
  description: text,
  uri: 'notes://delete-note',
  access,
})
const ACCESS: readonly Addition['access'][] = [
  { kind: 'scopes', scopes: ['notes:read', 'notes:write'] },
  { kind: 'authenticated' },
  { kind: 'public' },
]
const cases = KINDS.flatMap((kind) => ACCESS.map((access) => ({ kind, access, name: `${kind}-${access.kind}` })))

describe.each(cases)('$name', ({ kind, access, name }) => {
  const files = addedFiles(addition(kind, access))

  it.each(files.map(({ path, text }) => ({ file: path.startsWith('test/') ? `${name}.test.ts` : `${name}.ts`, text })))(
    'is as in golden/$file',
    ({ file, text }) => {
      if (process.env.UPDATE_GOLDEN === '1') writeFileSync(join(GOLDEN, file), text)
      expect(text).toBe(readFileSync(join(GOLDEN, file), 'utf8').replace(/\r\n/g, '\n'))
    },
  )

  it.each([
    `'`,
    '"',
    '`$' + '{process.exit(1)}`',
    '*/ process.exit(1) /*',
    '\\',
    '\nprocess.exit(1)\n',
    '\u2028process.exit(1)',
    '\0\u001b[31m',
    '\u202e} ;txet',
    '\ud800',
    '{{literal name}}',
    '__proto__',
    "', access: 'public', x: '",
  ])('a title and a description full of %j change nothing but themselves', (text) => {
    const hostile = addedFiles(addition(kind, access, text))
    expect(hostile.map(({ text: code }) => shapeOf(code))).toEqual(files.map(({ text: code }) => shapeOf(code)))
    for (const { text: code } of hostile)
      expect(code.replaceAll('\n', '')).not.toMatch(/(?!\u200d)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
    const [module] = hostile
    if (module !== undefined) expect(literalsOf(module.text)).toEqual(expect.arrayContaining([text, text]))
  })
})

/** The kinds of all nodes in order. */
function shapeOf(text: string): string {
  const source = new Project({ useInMemoryFileSystem: true }).createSourceFile('a.ts', text)
  const { parseDiagnostics } = source.compilerNode as unknown as { readonly parseDiagnostics: readonly unknown[] }
  expect(parseDiagnostics).toEqual([])
  return source
    .getDescendants()
    .map((node) => node.getKindName())
    .join(' ')
}

function literalsOf(text: string): readonly string[] {
  const source = new Project({ useInMemoryFileSystem: true }).createSourceFile('a.ts', text)
  return source
    .getDescendants()
    .filter(Node.isStringLiteral)
    .map((node) => node.getLiteralText())
}

it('what is added compiles with the strictest options, and its tests pass when they are run', async () => {
  const cwd = project({
    ...READING,
    // Nothing is to be found, so neither scope implies the other.
    'mcp/server.ts': SERVER.replace(", implies: ['notes:read']", ''),
    'vitest.config.ts': 'export default {}\n',
  })
  // Resources and prompts need a spec that knows them.
  const kinds = 'defineResource' in spec ? KINDS : (['tool'] as const)
  for (const kind of kinds) {
    for (const [name, ...access] of [
      ['both', '--scopes', 'notes:write,notes:read'],
      ['in/folder', '--scopes', 'notes:write'],
      ['anybody', '--access', 'authenticated'],
      ['everybody', '--access', 'public'],
    ]) {
      const { code, err } = await run(['add', kind, `${name}-${kind}`, ...access], { cwd })
      // What everybody may use is for somebody to accept, also if it was asked for.
      const says = name === 'everybody' ? expect.stringContaining('warning access-looser') : ''
      expect({ code, err }).toEqual({ code: 0, err: says })
      if (name === 'everybody') await run(['access', 'accept'], { cwd })
    }
  }
  const sources = filesIn(cwd).filter((path) => path.endsWith('.ts') && path !== 'vitest.config.ts')
  const options =
    '--noEmit --ignoreConfig --module nodenext --target es2023 --strict --noUncheckedIndexedAccess --exactOptionalPropertyTypes --verbatimModuleSyntax --erasableSyntaxOnly --skipLibCheck --types node'
  const tsc = spawnSync(process.execPath, [TSC, ...options.split(' '), ...sources], { cwd, encoding: 'utf8' })
  expect(tsc.stdout).toBe('')
  const vitest = spawnSync(process.execPath, [VITEST, 'run', '--no-isolate', '--reporter=json'], {
    cwd,
    encoding: 'utf8',
  })
  const report = JSON.parse(vitest.stdout.slice(vitest.stdout.indexOf('{'))) as Record<string, unknown>
  expect(report).toMatchObject({ success: true, numFailedTests: 0, numPassedTests: 9 * kinds.length })
}, 120_000)

it('the test that is added fails when the tool is opened to everybody', async () => {
  const cwd = project({ 'vitest.config.ts': 'export default {}\n' })
  await run(scoped('delete-note'), { cwd })
  const path = join(cwd, 'mcp', 'tools', 'delete-note.ts')
  const opened = readFileSync(path, 'utf8').replace(`scopes: ['notes:write']`, `access: 'authenticated'`)
  writeFileSync(path, opened)
  await run(['build'], { cwd })
  const { status, stdout } = spawnSync(process.execPath, [VITEST, 'run'], { cwd, encoding: 'utf8' })
  expect(status).toBe(1)
  expect(stdout).toContain('names notes:write to a caller who has no scope')
}, 120_000)
