import { execFileSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createDevFolder } from '../../dist/dev/dev-folder.js'
import { createTranspiler } from '../../dist/load/transpile.js'
import { get, put, temporaryProject } from '../support/project.js'

const FILES = {
  'tsconfig.json': JSON.stringify({
    compilerOptions: { target: 'es2023', module: 'nodenext', outDir: 'dist', composite: true },
  }),
  'main.ts': `import type { Thing } from './types.js'
import data from './data.json' with { type: 'json' }
import { more } from './more.mjs'
import { older } from './older.cjs'
import { plain } from './plain.js'

enum Kind {
  One = 'one',
}
const thing: Thing = { name: Kind.One }
console.log([thing.name, data.word, more, older, plain].join(' '))
if (process.argv[2] === 'throw') {
  throw new Error('on purpose')
}
`,
  'types.ts': 'export interface Thing {\n  name: string\n}\n',
  'data.json': '{ "word": "data" }\n',
  'more.mts': `export const more: string = 'more'\n`,
  'older.cts': `const older: string = 'older'\nexport { older }\n`,
  'plain.js': `export const plain = 'plain'\n`,
}

function emitted() {
  const directory = temporaryProject(FILES)
  const transpiler = createTranspiler(directory)
  const folder = createDevFolder(directory, 0)
  const paths = Object.keys(FILES).filter((path) => path !== 'tsconfig.json')
  return { directory, folder, transpile: () => transpiler.transpile(paths) }
}

const run = (file: string, ...argv: readonly string[]) =>
  execFileSync(process.execPath, ['--enable-source-maps', file, ...argv], { encoding: 'utf8', stdio: 'pipe' })

it('every kind of module of a project runs as JavaScript', () => {
  const { folder, transpile } = emitted()
  expect(run(join(folder.write(transpile()).directory, 'main.js'))).toBe('one data more older plain\n')
})

it('a stack points into the source', () => {
  const { directory, folder, transpile } = emitted()
  const { directory: built } = folder.write(transpile())
  expect(() => run(join(built, 'main.js'), 'throw')).toThrow(`${join(directory, 'main.ts')}:13:9`)
})

it('only what changed is made and written again, and earlier generations stay until they are let go', () => {
  const { directory, folder, transpile } = emitted()
  const before = transpile()
  const first = folder.write(before)
  put(directory, 'more.mts', `export const more: string = 'changed'\n`)
  const after = transpile()
  expect(after.filter((file) => !before.includes(file)).map(({ path }) => path)).toEqual(['more.mjs'])
  const second = folder.write(after)
  const file = (generation: { readonly directory: string }, name: string) =>
    statSync(join(generation.directory, name)).ino
  expect(file(second, 'plain.js')).toBe(file(first, 'plain.js'))
  expect(file(second, 'more.mjs')).not.toBe(file(first, 'more.mjs'))
  expect(run(join(first.directory, 'main.js'))).toContain('more')
  expect(run(join(second.directory, 'main.js'))).toContain('changed')
  folder.keep([second.number])
  expect(existsSync(first.directory)).toBe(false)
  expect(existsSync(second.directory)).toBe(true)
})

it('a change of the compiler options is one of every file', () => {
  const { directory, transpile } = emitted()
  const before = transpile()
  put(directory, 'tsconfig.json', get(directory, 'tsconfig.json').replace('es2023', 'es2022'))
  expect(
    transpile()
      .filter((file) => before.includes(file))
      .map(({ path }) => path),
  ).not.toContain('main.js')
})

it('the folder keeps itself out of commits, and leaves what stands beside it', () => {
  const { directory, folder, transpile } = emitted()
  folder.write(transpile())
  put(directory, '.mcp-secure/keys.json', '{}')
  expect(get(directory, '.mcp-secure/.gitignore')).toBe('*\n')
  createDevFolder(directory, 0)
  expect(existsSync(join(directory, '.mcp-secure', 'dev', '1'))).toBe(false)
  expect(get(directory, '.mcp-secure/keys.json')).toBe('{}')
})
