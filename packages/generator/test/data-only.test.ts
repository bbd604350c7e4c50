import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { firstLine } from '../dist/model/first-line.js'
import { beyondData } from './support/data-only.js'
import { filesIn, get, testDirectory } from './support/project.js'

const REPOSITORY = join(testDirectory, '..', '..', '..')

/** Every folder of generated files in this repository; those of the starters are there once they were built. */
const folders = ['packages/generator/test/golden', 'examples', 'templates/project']
  .flatMap((parent) => readdirSync(join(REPOSITORY, parent)).map((name) => `${parent}/${name}/generated`))
  .filter((folder) => filesIn(join(REPOSITORY, folder)).length > 0)

describe.each(folders)('%s', (folder) => {
  it.each(filesIn(join(REPOSITORY, folder)).filter((name) => name.endsWith('.ts')))('%s is data', (name) => {
    const text = get(REPOSITORY, `${folder}/${name}`).replace(/\r\n/g, '\n')
    expect(text.split('\n', 1)[0]).toBe(firstLine(name))
    expect(beyondData(name, text)).toEqual([])
  })

  it('says for each tool, resource and prompt in which line of the spec its access is written', () => {
    const lines = get(REPOSITORY, `${folder}/policy.gen.ts`).split(/\r?\n/)
    const items = lines.flatMap((line, index) => (/^ {4}\S+: \{(?:.*\baccess: |$)/.test(line) ? [index] : []))
    const inItems = items.filter((index) => index > lines.findIndex((line) => /^ {2}tools: /.test(line)))
    for (const index of inItems) {
      const [, file = '', number = ''] = /^ {4}\/\/ (mcp\/.+\.m?ts):(\d+)$/.exec(lines[index - 1] ?? '') ?? []
      const said = get(join(REPOSITORY, folder, '..'), file).split(/\r?\n/)[Number(number) - 1]
      expect(said, `${file}:${number}`).toMatch(/\b(?:access|scopes)\b/)
    }
  })
})

it('looks at the golden projects and at every example', () => {
  expect(folders).toEqual(expect.arrayContaining(['examples/notes/generated', 'examples/hello/generated']))
  expect(folders.filter((folder) => folder.includes('golden')).length).toBeGreaterThanOrEqual(5)
})

describe('is not data:', () => {
  const POLICY = `import type { Policy } from '@mcp-secure/runtime'\n`
  it.each([
    ['a branch', `if (1) { }`],
    ['a conditional', `export const a = 1 ? 2 : 3`],
    ['a default', `export const a = null ?? 1`],
    ['a loop', `for (;;) { }`],
    ['another loop', `while (true) ;`],
    ['a function', `export function f() { }`],
    ['an arrow', `export const f = () => 1`],
    ['a method', `export const a = { m() { } }`],
    ['a getter', `export const a = { get m() { return 1 } }`],
    ['a class', `export class A { }`],
    ['an enum', `export enum A { }`],
    ['a namespace with a value', `export namespace A { export const a = 1 }`],
    ['a call', `export const a = f()`],
    ['a call in data', `export const a = [f()]`],
    ['a call of a property', `export const a = JSON.parse('{}')`],
    ['a statement that calls', `eval('1')`],
    ['a constructor', `export const a = new Date()`],
    ['a template', 'export const a = `a`'],
    ['a template that is filled in', 'export const a = `$' + '{process.env.A}`'],
    ['a tagged template', 'export const a = f`a`'],
    ['a spread', `export const a = { ...process.env }`],
    ['a spread in a list', `export const a = [...b]`],
    ['an operator', `export const a = 'a' + 'b'`],
    ['a property', `export const a = process.env.A`],
    ['something global', `export const a = process`],
    ['undefined', `export const a = undefined`],
    ['a regular expression', `export const a = /a/`],
    ['an await', `export const a = await 1`],
    ['a computed key', `export const a = { [b]: 1 }`],
    ['a variable', `export let a = 1`],
    ['a pattern', `export const { a } = process.env`],
    ['an assignment', `globalThis.a = 1`],
    ['an import of another package', `import a from 'node:fs'`],
    ['an import of something else here', `import a from './a.js'`],
    ['an import from above', `import a from '../../a.js'`],
    ['an import for what it does', `import '../mcp/tools/a.js'`],
    ['an import at run time', `export const a = import('./policy.gen.js')`],
    ['a re-export', `export * from 'node:fs'`],
    ['a default export', `export default 1`],
    ['a debugger', `debugger`],
    ['a block', `{ }`],
    ['a throw', `throw 1`],
    ['no TypeScript', `export const = `],
  ])('%s', (_title, text) => expect(beyondData('policy.gen.ts', `${POLICY}${text}\n`)).not.toEqual([]))

  it('a call that another kind of file may make, or the same call twice', () => {
    const call = `import { serve } from '@mcp-secure/auth-server'\nawait serve(1)\n`
    expect(beyondData('authorization-server.gen.ts', call)).toEqual([])
    expect(beyondData('authorization-server.gen.ts', `${call}await serve(1)\n`)).toEqual(['serve() is called twice'])
    expect(beyondData('server.gen.ts', call)).not.toEqual([])
    expect(beyondData('authorization-server.gen.ts', call.replace('serve(1)', 'serve(f())'))).not.toEqual([])
  })

  it('a file of a kind that nobody has described', () => {
    for (const name of ['other.gen.ts', 'constructor']) expect(beyondData(name, '')).not.toEqual([])
  })
})

it('data is data: every form that the writers use', () => {
  const text = `import type { Policy } from '@mcp-secure/runtime'
import a, { b as c } from '../mcp/a.mjs'
export const all = { a, c, 'd-e': -1, 2: 1.5e3, ["__proto__"]: [null, true, false, 'x'] } as const satisfies Policy
`
  expect(beyondData('policy.gen.ts', text)).toEqual([])
})
