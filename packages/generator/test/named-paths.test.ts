import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { build } from '../dist/build.js'
import { failureFinding } from '../dist/dev/failure-finding.js'
import { createPlaceFinder, withoutDirectory } from '../dist/load/named-paths.js'
import { put, SERVER, temporaryProject, tool } from './support/project.js'

/** Folders as people have them. */
const FOLDERS = ['plain', 'with a space', 'with (parentheses)', 'größe-日本', "it's", 'a+b[c]$']

describe.each(FOLDERS)('in the folder %j', (folder) => {
  const directory = join(process.cwd(), folder)
  const file = join(directory, 'mcp', 'tools', 'a b.ts')
  const find = createPlaceFinder(directory)

  it('a file of the project is known by its path and by its URL', () => {
    const place = { path: 'mcp/tools/a b.ts', line: 3, column: 7 }
    expect(find(`    at run (${file}:3:7)`)).toEqual(place)
    expect(find(`    at async ${file}:3:7`)).toEqual(place)
    expect(find(`    at ${pathToFileURL(file).href}:3:7`)).toEqual(place)
    expect(find(`${file}:3`)).toEqual({ ...place, column: 1 })
  })

  it('and leaves no path of the machine in a message', () => {
    expect(withoutDirectory(`'${file}' and ${pathToFileURL(file).href}`, directory).replaceAll('\\', '/')).toBe(
      `'mcp/tools/a b.ts' and mcp/tools/a%20b.ts`,
    )
    expect(withoutDirectory(`in ${directory}`, directory)).toBe('in .')
  })

  it('a module that throws is told of with its line', async () => {
    const parent = temporaryProject()
    put(parent, `${folder}/mcp/server.ts`, SERVER)
    put(parent, `${folder}/mcp/tools/a.ts`, tool(`scopes: ['notes:read'],`, `throw new Error(import.meta.url)`))
    const { diagnostics } = await build({ project: join(parent, folder) })
    expect(diagnostics.map(({ place, message }) => `${place.file}:${place.line} ${message}`)).toEqual([
      'mcp/tools/a.ts:3 loading mcp/tools/a.ts failed: Error: mcp/tools/a.ts',
    ])
  })
})

it('what is installed in the project, and what lies beside it, is no file of it', () => {
  const directory = join(process.cwd(), 'project')
  const find = createPlaceFinder(directory)
  expect(find(join(directory, 'node_modules', 'zod', 'index.js:1:1'))).toBeNull()
  expect(find(`${directory}-other/main.ts:1:1`)).toBeNull()
  expect(find(`/elsewhere${directory}/main.ts:1:1`)).toBeNull()
  expect(find(`at ${directory}/node_modules/a.js:1:1\nat ${directory}/main.ts:2:1`)?.path).toBe('main.ts')
})

it.each([
  'file://host/main.js:1:1',
  'file:///%zz/main.js:1:1',
  `${pathToFileURL(process.cwd()).href}/node_modules/%zz.js:1:1`,
])('a text that names %s is read to its end', (odd) => {
  const problem = `at ${odd}\n    at ${join(process.cwd(), 'a.ts')}:4:2`
  expect(failureFinding(problem, process.cwd()).place).toBe('a.ts:4:2')
})

it('a line of what runs is one of its source', () => {
  const directory = join(process.cwd(), 'a (b)')
  const file = join(directory, '.mcp-secure', 'dev', '12', 'mcp', 'services.js')
  expect(failureFinding(`Error: no\n    at ${pathToFileURL(file).href}:4:2`, directory)).toMatchObject({
    place: 'mcp/services.ts:4:2',
    message: 'Error: no\n    at mcp/services.js:4:2',
  })
})
