import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { build } from '../dist/build.js'
import { isDefinitionFile } from '../dist/load/layout.js'
import { get, put, SERVER, temporaryProject, tool } from './support/project.js'

describe('the name of a file says whether it defines something', () => {
  it.each(['a.ts', 'delete-note.ts', 'a.mts', 'spec.ts', 'test.ts'])('%s is one', (name) => {
    expect(isDefinitionFile(name)).toBe(true)
  })

  it.each([
    '_a.ts',
    '.a.ts',
    'a.test.ts',
    'a.spec.ts',
    'a.d.ts',
    'a.d.mts',
    'a.test.mts',
    'a.js',
    'a.tsx',
    'a.json',
    'ts',
  ])('%s is none', (name) => expect(isDefinitionFile(name)).toBe(false))
})

describe.concurrent('scopes are read from what real sources look like', () => {
  const forms: readonly (readonly [title: string, scopes: string, before?: string])[] = [
    ['a literal', `['notes:read']`],
    ['as const', `['notes:read'] as const`],
    ['an old assertion', `<const>['notes:read']`],
    ['satisfies', `['notes:read'] satisfies string[]`],
    ['parentheses', `((['notes:read']))`],
    ['double quotes', `["notes:read"]`],
    ['a template without substitutions', '[`notes:read`]'],
    ['a concatenation', `['notes:' + 'read']`],
    ['an escaped string', `['notes\\u003aread']`],
    ['a constant', 'scopes', `const scopes = ['notes:read'] as const`],
    ['a constant of a constant', '[READ]', `const NAME = 'notes:read'\nconst READ = NAME`],
    ['a property of a constant', '[SCOPES.read]', `const SCOPES = { read: 'notes:read' } as const`],
    ['a nested property', '[S.notes.read]', `const S = { notes: { read: 'notes:read' } } as const`],
    ['an import', '[READ]', `import { READ } from '../_scopes.js'`],
    ['an aliased import', '[X]', `import { READ as X } from '../_scopes.js'`],
    ['a re-export', '[AGAIN]', `import { AGAIN } from '../_again.js'`],
    ['an export of everything', '[READ]', `import { READ } from '../_star.js'`],
    ['a namespace', '[s.READ]', `import * as s from '../_scopes.js'`],
    ['a namespace that is exported', '[all.READ]', `import { all } from '../_all.js'`],
    ['a default import', 'scopes', `import scopes from '../_default.js'`],
    ['a local shorthand', 'scopes', `const scopes = ['notes:read']\nconst unused = { scopes }\nvoid unused`],
  ]

  it('in one project with all of them', async () => {
    const project = temporaryProject({
      'mcp/server.ts': SERVER,
      'mcp/_scopes.ts': `export const READ = 'notes:read'\n`,
      'mcp/_again.ts': `export { READ as AGAIN } from './_scopes.js'\n`,
      'mcp/_star.ts': `export * from './_scopes.js'\n`,
      'mcp/_all.ts': `export * as all from './_scopes.js'\n`,
      'mcp/_default.ts': `export default ['notes:read'] as const\n`,
    })
    for (const [index, [, scopes, before]] of forms.entries()) {
      put(project, `mcp/tools/tool-${index}.ts`, tool(`scopes: ${scopes},`, before))
    }
    const { diagnostics } = await build({ project })
    expect(diagnostics).toEqual([])
    const policy = get(project, 'generated/policy.gen.ts')
    for (const [index, [title]] of forms.entries()) {
      expect(policy, title).toContain(`tool_${index}: { access: 'scopes', scopes: ['notes:read'] },`)
    }
  })

  it('through path aliases of tsconfig.json', async () => {
    const project = temporaryProject({
      'tsconfig.json':
        '{ "compilerOptions": { "module": "nodenext", "target": "es2023", "paths": { "#scopes": ["./mcp/_scopes.ts"] } } }',
      'package.json': '{ "type": "module", "imports": { "#scopes": "./mcp/_scopes.ts" } }',
      'mcp/server.ts': SERVER,
      'mcp/_scopes.ts': `export const READ = 'notes:read'\n`,
      'mcp/tools/a.ts': tool(`scopes: [READ],`, `import { READ } from '#scopes'`),
    })
    const { diagnostics } = await build({ project })
    expect(diagnostics.map(({ message }) => message)).toEqual([])
  })
})

describe.concurrent('a name that leads to nothing is said to', () => {
  const readScope = async (before: string, files: Readonly<Record<string, string>>) => {
    const project = temporaryProject({
      'mcp/server.ts': SERVER,
      'mcp/tools/a.ts': tool(`scopes: [SCOPE],`, before),
      ...files,
    })
    const { diagnostics } = await build({ project })
    return diagnostics.map(({ message }) => message)
  }
  const refused = (why: string) => [`scopes of tool 'a' cannot be read: it holds ${why}, not the name of a scope`]

  it('by files that all export everything of each other, in no time', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `_${index}`)
    const barrel = names.map((name) => `export * from './${name}.js'\n`).join('')
    const files = Object.fromEntries(names.map((name) => [`mcp/${name}.ts`, barrel]))
    const found = await readScope(`import { SCOPE } from '../_0.js'`, files)
    expect(found).toEqual(refused(`'SCOPE', which its file does not export`))
  })

  it('by exports that go round in a circle', async () => {
    const found = await readScope(`import { SCOPE } from '../_a.js'`, {
      'mcp/_a.ts': `export { SCOPE } from './_b.js'\n`,
      'mcp/_b.ts': `export { SCOPE } from './_a.js'\n`,
    })
    expect(found).toContain(refused(`'SCOPE', which leads back to itself`)[0])
  })

  it('when it is the default of a file whose names alone are exported again', async () => {
    const found = await readScope(`import SCOPE from '../_a.js'`, {
      'mcp/_a.ts': `export * from './_b.js'\n`,
      'mcp/_b.ts': `export default 'notes:read'\n`,
    })
    expect(found).toEqual(refused(`'default', which its file does not export`))
  })

  it('when its file is not there, taken as a whole or not', async () => {
    const why = `whose file '../_none.js' is not a TypeScript file that exists`
    expect(await readScope(`import { SCOPE } from '../_none.js'`, {})).toContain(refused(`'SCOPE', ${why}`)[0])
    expect(await readScope(`import * as SCOPE from '../_none.js'`, {})).toContain(refused(`'SCOPE', ${why}`)[0])
  })
})

it.concurrent('names the line that decides, in the file of the tool, also when the scope is written elsewhere', async () => {
  const project = temporaryProject({
    'mcp/server.ts': SERVER,
    'mcp/_scopes.ts': `\n\n\nexport const scopes = ['notes:read']\n`,
    'mcp/tools/sub/a.ts': tool(`scopes,`, `import { scopes } from '../../_scopes.js'`),
  })
  await build({ project })
  expect(get(project, 'generated/policy.gen.ts')).toContain('// mcp/tools/sub/a.ts:7\n')
})

it.concurrent('implies is closed over, in the order of the source', async () => {
  const project = temporaryProject({
    'mcp/server.ts': SERVER.replace(
      `'notes:write': { description: 'Change your notes', implies: ['notes:read'] },`,
      `admin: { description: 'All', implies: ['notes:write', 'audit'] },
    'notes:write': { description: 'Change your notes', implies: ['notes:read'] },
    audit: { description: 'Audit' },`,
    ),
    'mcp/tools/a.ts': tool(`scopes: ['admin'],`),
  })
  await build({ project })
  expect(get(project, 'generated/policy.gen.ts')).toContain(
    `admin: { description: 'All', baseline: false, implies: ['notes:read', 'notes:write', 'audit'] },`,
  )
})

it.concurrent('finds a file that starts with a byte order mark and ends its lines with CRLF', async () => {
  const project = temporaryProject({
    'mcp/server.ts': `\ufeff${SERVER.replaceAll('\n', '\r\n')}`,
    'mcp/tools/a.ts': `\ufeff${tool(`scopes: ['notes:raed'],`).replaceAll('\n', '\r\n')}`,
  })
  const { diagnostics } = await build({ project })
  expect(diagnostics.map(({ code, place }) => [code, place])).toEqual([
    ['unknown-scope', { file: 'mcp/tools/a.ts', line: 7, column: 12, length: 12 }],
  ])
})

it.concurrent('follows links to tools and folders, and none that leads back or nowhere', async () => {
  const project = temporaryProject({
    'mcp/server.ts': SERVER,
    'mcp/_shared/linked.ts': tool(`scopes: ['notes:read'],`),
    'mcp/tools/a.ts': tool(`scopes: ['notes:read'],`),
  })
  const link = (target: string, name: string) => symlinkSync(target, join(project, 'mcp', 'tools', name), 'junction')
  link(join(project, 'mcp', '_shared'), 'shared')
  link(join(project, 'mcp', 'tools'), 'back')
  link(join(project, 'mcp', 'tools', 'round'), 'round')
  link(join(project, 'mcp', 'tools', 'nowhere.ts'), 'lost.ts')
  const { diagnostics } = await build({ project })
  expect(diagnostics).toEqual([])
  expect(get(project, 'generated/tools.gen.ts').match(/^import \w+ from .*$/gm)).toEqual([
    `import a from '../mcp/tools/a.js'`,
    `import linked from '../mcp/tools/shared/linked.js'`,
  ])
})

it.skipIf(process.platform === 'win32')('refuses a name with a backslash instead of reading another file', async () => {
  const project = temporaryProject({
    'mcp/server.ts': SERVER,
    'mcp/tools/a/b.ts': tool(`access: 'public', annotations: { readOnlyHint: true },`),
    'mcp/tools/a\\b.ts': tool(`scopes: ['notes:read'],`),
  })
  const { diagnostics } = await build({ project })
  expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
    ['unsafe-name', String.raw`'a\b' holds a backslash`],
  ])
})
