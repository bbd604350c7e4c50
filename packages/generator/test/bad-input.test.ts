import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { build } from '../dist/build.js'
import { codeFrame } from '../dist/diagnostics/code-frame.js'
import { printDiagnostics } from '../dist/diagnostics/print.js'
import { filesIn, get, put, SERVER, temporaryProject, testDirectory, tool } from './support/project.js'

const PROGRAM = join(testDirectory, '..', 'bin', 'mcp-gen.js')
const GOOD = tool(`scopes: ['notes:read'],`)

const project = (files: Readonly<Record<string, string>> = {}) =>
  temporaryProject({ 'mcp/server.ts': SERVER, 'mcp/tools/good.ts': GOOD, ...files })
const output = (directory: string) =>
  Object.fromEntries(filesIn(join(directory, 'generated')).map((path) => [path, get(directory, `generated/${path}`)]))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

interface Surroundings {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

/** The program itself, in a process of its own, as a user starts it. */
function mcpGen(args: readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
  const env = { ...process.env, ...surroundings.env }
  const child = spawn(process.execPath, [PROGRAM, ...args], { ...surroundings, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const texts = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...texts })))
}

/** A build of a project that was good, after something bad was added to it: the output has to stay. */
async function afterGood(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const directory = project()
  await build({ project: directory })
  const before = output(directory)
  for (const [path, text] of Object.entries(files)) put(directory, path, text)
  const { diagnostics, files: written } = await build({ project: directory })
  expect(written).toEqual([])
  expect(output(directory)).toEqual(before)
  return diagnostics.map(({ code, place }) => `${place.file}:${place.line} ${code}`)
}

describe('a module that, when it is loaded,', () => {
  it('throws, ends the process or lacks a variable is told of with the line, and keeps no other from being loaded', async () => {
    const bad = [
      ['throws', `if (z) throw new Error('no')`, 'module-throws'],
      ['rejects-without-a-listener', `void Promise.reject(new Error('no'))`, 'module-throws'],
      ['calls-itself-for-ever', `const f = (): number => f() + 1; f()`, 'module-throws'],
      ['throws-in-what-it-calls', `JSON.parse('{')`, 'module-throws'],
      ['ends-the-process', `process.exit(0)`, 'module-ends-process'],
      ['ends-the-process-and-goes-on', `try { process.exit(1) } catch {}`, 'module-ends-process'],
      ['aborts', `process.abort()`, 'module-ends-process'],
      ['kills-itself', `process.kill(process.pid, 'SIGKILL')`, 'module-ends-process'],
      ['kills-the-build', `process.kill(process.ppid)`, 'module-ends-process'],
      ['kills-its-whole-group', `process.kill(0, 'SIGTERM')`, 'module-ends-process'],
      ['needs-a-variable', `const key = process.env.NO_SUCH_VARIABLE!.trim(); void key`, 'environment-missing'],
    ] as const
    const fileOf = (name: string) => `mcp/tools/${name}.ts`
    const files = bad.map(([name, line]) => [fileOf(name), tool(`scopes: ['notes:read'],`, `\n${line}`)] as const)
    const found = await afterGood(Object.fromEntries(files))
    expect(found).toEqual(bad.map(([name, , code]) => `${fileOf(name)}:4 ${code}`).sort())
  })

  it('a variable that is missing is named', async () => {
    const directory = project({
      'mcp/tools/bad.ts': tool(`scopes: ['notes:read'],`, `new URL(process.env.NO_SUCH_URL ?? '')`),
    })
    const { diagnostics } = await build({ project: directory })
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'loading mcp/tools/bad.ts failed: TypeError: Invalid URL. Not set in the environment: NO_SUCH_URL',
    ])
  })

  it('reads a variable that a package alone looks for is not told of it', async () => {
    const line = `import 'zod'; if (z) throw new Error(String(process.env.PATH === undefined))`
    const found = await afterGood({ 'mcp/tools/bad.ts': tool(`scopes: ['notes:read'],`, line) })
    expect(found).toEqual(['mcp/tools/bad.ts:3 module-throws'])
  })

  it('asks whether somebody lives, or sets a variable, is fine', async () => {
    const line = `process.kill(process.ppid, 0); process.env.SET = 'x'; if (process.env.SET !== 'x') throw new Error('lost')`
    const directory = project({ 'mcp/tools/fine.ts': tool(`scopes: ['notes:read'],`, line) })
    expect((await build({ project: directory })).diagnostics).toEqual([])
  })

  it('throws something very long is told of in a line', async () => {
    const directory = project({
      'mcp/tools/bad.ts': tool(`scopes: ['notes:read'],`, `throw new Error('x'.repeat(1_000_000))`),
    })
    const { diagnostics } = await build({ project: directory })
    expect(diagnostics[0]?.message.length).toBeLessThan(500)
  })
})

describe('a program that', () => {
  it('writes to stdout and stderr, opens a port and keeps a timer neither spoils the output nor holds the build', async () => {
    const noise = `import { writeSync } from 'node:fs'
import { createServer } from 'node:net'
console.log('{"diagnostics":[]}')
process.stdout.write('noise\\n')
writeSync(1, 'more noise\\n')
console.error('and more')
createServer().listen(0, '127.0.0.1')
setInterval(() => {}, 1_000)
process.on('SIGTERM', () => {})`
    const directory = project({ 'mcp/tools/noisy.ts': tool(`scopes: ['notes:read'],`, noise) })
    const { code, out, err } = await mcpGen(['build', '--json', '--project', directory])
    expect(code).toBe(0)
    expect(out.trimEnd().split('\n')).toHaveLength(1)
    const { diagnostics, files } = JSON.parse(out) as { diagnostics: unknown[]; files: unknown[] }
    expect(diagnostics).toEqual([])
    expect(files.length).toBeGreaterThan(0)
    expect(err).toContain('noise')
  })

  it('is started twice at once ends twice, with one whole output', async () => {
    const directory = project()
    const [alone] = [project()]
    await build({ project: alone })
    const ended = await Promise.all([1, 2].map(() => mcpGen(['build', '--project', directory])))
    expect(ended.map(({ code, err }) => [code, err])).toEqual([
      [0, ''],
      [0, ''],
    ])
    expect(output(directory)).toEqual(output(alone))
  })

  it('finds an error ends with 1, prints the place, and says that nothing was written', async () => {
    const directory = project({ 'mcp/tools/bad.ts': tool(`scopes: ['notes:raed'],`) })
    const { code, out, err } = await mcpGen(['build', '--project', directory])
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('mcp/tools/bad.ts:7:12 - error unknown-scope: ')
    expect(err).toContain('1 error: nothing was written')
    expect(filesIn(join(directory, 'generated'))).toEqual([])
  })
})

describe('files that import each other', () => {
  it('and need each other too early are refused, whichever is asked for first', async () => {
    const one = tool(`scopes: ['notes:read'],`, `import { B } from './b.js'\nexport const A = B + 1`)
    const other = tool(`scopes: ['notes:read'],`, `import { A } from './a.js'\nexport const B = A + 1`)
    expect(await afterGood({ 'mcp/tools/a.ts': one, 'mcp/tools/b.ts': other })).toEqual([
      'mcp/tools/a.ts:4 import-cycle',
      'mcp/tools/b.ts:4 import-cycle',
    ])
  })

  /** Pairs of files, each imported by a tool of its own; the second imports the first and is loaded first. */
  const pairs = (first: readonly string[]) =>
    Object.fromEntries(
      first.flatMap((text, n) => [
        [`mcp/_a${n}.ts`, `${text.replaceAll('./_b.js', `./_b${n}.js`)}\n`],
        [`mcp/_b${n}.ts`, `import './_a${n}.js'\nexport class Base {}\nexport default Base\n`],
        [`mcp/tools/x${n}.ts`, tool(`scopes: ['notes:read'],`, `import '../_b${n}.js'`)],
      ]),
    )

  it('are refused when something at the top level needs the other', async () => {
    const needing = [
      `import { Base } from './_b.js'\nexport class A extends Base {}`,
      `import base from './_b.js'\nexport const a = [base]`,
      `import * as b from './_b.js'\nexport const a = b.Base`,
      `import { Base as Other } from './_b.js'\nexport class A { static base = Other }`,
    ]
    const found = await afterGood(pairs(needing))
    expect(found.filter((text) => text.endsWith('import-cycle'))).toEqual(
      needing.map((_text, n) => `mcp/_a${n}.ts:2 import-cycle`),
    )
  })

  it('are fine when what needs the other is a function, a type, or nothing', async () => {
    const directory = project(
      pairs([
        `import { Base } from './_b.js'\nexport const a = () => Base`,
        `import { Base } from './_b.js'\nexport class A { base() { return Base } }`,
        `import { Base } from './_b.js'\nexport class A { base = Base }`,
        `import { Base } from './_b.js'\nexport type A = Base\nexport const a: Base | null = null`,
        `import type { Base } from './_b.js'\nexport interface A { base: Base }`,
        `import { Base } from './_b.js'\nexport interface A extends Base {}`,
        `import { Base } from './_b.js'\nexport const a = { Base: 1 }.Base\nvoid (() => Base)`,
        `import './_b.js'`,
      ]),
    )
    expect((await build({ project: directory })).diagnostics).toEqual([])
  })

  it('are fine when the one that is needed is loaded first', async () => {
    const directory = project({
      'mcp/_a.ts': `import { Base } from './_b.js'\nexport const a = [Base]\n`,
      'mcp/_b.ts': `import { a } from './_a.js'\nexport class Base {\n  all = () => a\n}\n`,
      'mcp/tools/x.ts': tool(`scopes: ['notes:read'],`, `import '../_a.js'`),
    })
    expect((await build({ project: directory })).diagnostics).toEqual([])
  })
})

describe('a file', () => {
  it('in another encoding is refused', async () => {
    const directory = project()
    const bytes = Buffer.from(tool(`scopes: ['notes:read'], title: 'caf\u00e9'`), 'latin1')
    put(directory, 'mcp/tools/latin.ts', '')
    await import('node:fs').then(({ writeFileSync }) => writeFileSync(join(directory, 'mcp/tools/latin.ts'), bytes))
    const { diagnostics } = await build({ project: directory })
    expect(diagnostics.map(({ code, place }) => [code, place.line])).toEqual([['not-utf-8', 7]])
  })

  it.each([
    ['nested too deeply', `const deep = ${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['not closed', `const open = {`],
  ])('%s is refused as syntax', async (_title, line) => {
    const found = await afterGood({ 'mcp/tools/bad.ts': tool(`scopes: ['notes:read'],`, line) })
    expect(found.map((text) => text.split(' ')[1])).toEqual(['syntax-error'])
  })

  it('with thousands of definitions is one tool, the one that it exports by default', async () => {
    const many = Array.from({ length: 2_000 }, (_, n) => `export const t${n} = defineTool({ access: 'public' })`).join(
      '\n',
    )
    const directory = project({ 'mcp/tools/many.ts': tool(`scopes: ['notes:write'],`, many) })
    expect((await build({ project: directory })).diagnostics).toEqual([])
    expect(get(directory, 'generated/policy.gen.ts').match(/access: /g)).toHaveLength(2)
  })

  it('with a description of a megabyte is built, and a finding behind it is shown in a frame of a few lines', async () => {
    const long = 'y'.repeat(1 << 20)
    const directory = project({ 'mcp/tools/long.ts': tool(`title: '${long}', scopes: ['notes:read'],`) })
    expect((await build({ project: directory })).diagnostics).toEqual([])
    put(directory, 'mcp/tools/long.ts', tool(`title: '${long}', scopes: ['notes:raed'],`))
    const { diagnostics } = await build({ project: directory })
    const printed = printDiagnostics(diagnostics, { projectDirectory: directory, color: false })
    expect(printed.length).toBeLessThan(1_500)
    const [source = '', marker = ''] = printed.split('\n').filter((line) => /notes:raed'\]|\^/.test(line))
    expect(source.slice(marker.indexOf('^'), marker.lastIndexOf('^') + 1)).toBe(`'notes:raed'`)
  })

  it.skipIf(process.platform === 'win32')('that is a pipe is neither read nor waited for', async () => {
    const directory = project()
    mkdirSync(join(directory, 'generated'))
    for (const path of ['generated/policy.gen.ts', 'mcp/tools/pipe.ts']) execFileSync('mkfifo', [join(directory, path)])
    const { diagnostics } = await build({ project: directory })
    expect(diagnostics.map(({ code }) => code)).toEqual(['foreign-file'])
    expect(printDiagnostics(diagnostics, { projectDirectory: directory, color: false })).toContain('foreign-file')
  })

  it('is refused by its name when clients would not take it', async () => {
    const names = ['Déjà-vu', 'with space', "it's", 'UPPER lower', '🎉', 'a'.repeat(65)]
    const found = await afterGood(Object.fromEntries(names.map((name) => [`mcp/tools/${name}.ts`, GOOD])))
    expect([...found].sort()).toEqual(names.map((name) => `mcp/tools/${name}.ts:1 unsafe-name`).sort())
  })

  it('that differs from another in its capitals alone is refused', async () => {
    const directory = project({ 'mcp/tools/sub/GOOD.ts': GOOD })
    const { diagnostics } = await build({ project: directory })
    expect(diagnostics.map(({ code }) => code)).toEqual(['name-taken'])
  })
})

it('of a file in generated/ that is somebody else’s nothing is shown', async () => {
  const directory = project({ 'generated/policy.gen.ts': 'export const password = 1\n' })
  const { diagnostics } = await build({ project: directory })
  expect(printDiagnostics(diagnostics, { projectDirectory: directory, color: false })).not.toContain('password')
})

it('a type error is the compiler’s to find, and changes nothing of what is generated', async () => {
  const [one, other] = [
    project(),
    project({ 'mcp/tools/good.ts': GOOD.replace('void z', `void z\nconst n: number = 'a'\nvoid n`) }),
  ]
  await Promise.all([build({ project: one }), build({ project: other })])
  expect(output(other)).toEqual(output(one))
})

it('a frame of a long line stands around its place', () => {
  const text = `${'a'.repeat(1_000)}HERE${'b'.repeat(1_000)}`
  const frame = codeFrame(text, { file: 'x', line: 1, column: 1_001, length: 4 })
  const [source = '', marker = ''] = frame.split('\n')
  expect(source.slice(marker.indexOf('^'), marker.lastIndexOf('^') + 1)).toBe('HERE')
  expect(source.length).toBeLessThan(260)
})

it('the output is the same bytes whatever the order on the disk, the locale, the time zone and the working directory', async () => {
  const names = ['b', 'a', 'I', 'i2', 'Z', 'y-1']
  const files = Object.fromEntries(names.map((name) => [`mcp/tools/${name}.ts`, GOOD]))
  const [one, other] = [project(files), project(Object.fromEntries(Object.entries(files).reverse()))]
  const [first, second] = await Promise.all([
    mcpGen(['build', '--project', one], { env: { LC_ALL: 'C', TZ: 'UTC' } }),
    mcpGen(['build'], { cwd: other, env: { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Asia/Tokyo' } }),
  ])
  expect([first.code, second.code]).toEqual([0, 0])
  expect(output(other)).toEqual(output(one))
})
