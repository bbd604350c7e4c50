import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { build } from '../dist/build.js'
import { firstLine } from '../dist/model/first-line.js'
import { filesIn, get, put, SERVER, temporaryProject, tool } from './support/project.js'

const project = (files = {}) =>
  temporaryProject({ 'mcp/server.ts': SERVER, 'mcp/tools/list-notes.ts': tool(`scopes: ['notes:read'],`), ...files })

const changed = (files: readonly { path: string; action: string }[]) =>
  files.filter(({ action }) => action !== 'unchanged').map(({ path, action }) => `${action} ${path}`)

it.concurrent('leaves a file alone whose content is the same', async () => {
  const directory = project()
  await build({ project: directory })
  expect(changed((await build({ project: directory })).files)).toEqual([])
})

it.concurrent('writes only what a change of a scope changes', async () => {
  const directory = project()
  await build({ project: directory })
  put(directory, 'mcp/tools/list-notes.ts', tool(`scopes: ['notes:write'],`))
  const { files } = await build({ project: directory })
  expect(changed(files)).toEqual(['write generated/ACCESS.md', 'write generated/policy.gen.ts'])
})

it.concurrent('removes what it wrote and no longer writes, and nothing else', async () => {
  const directory = project({
    'generated/mine.ts': 'export {}\n',
    'generated/quoting.ts': `\n${firstLine('quoting.ts')}\n`,
  })
  await build({ project: directory })
  put(directory, 'generated/old.gen.ts', `${firstLine('old.gen.ts')}\nexport {}\n`)
  put(directory, 'generated/sub/old.gen.ts', `${firstLine('old.gen.ts')}\n`)
  put(
    directory,
    'mcp/server.ts',
    SERVER.replace('embedded()', `oidc({ issuer: 'https://login.example.com', tokens: 'jwt' })`).replace(
      'embedded,',
      'oidc,',
    ),
  )
  const { files, diagnostics } = await build({ project: directory })
  // Another issuer is looser; what is generated is the spec all the same.
  expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(['access-looser']))
  expect(changed(files)).toContain('remove generated/authorization-server.gen.ts')
  expect(filesIn(join(directory, 'generated'))).toEqual([
    'ACCESS.md',
    'mine.ts',
    'policy.gen.ts',
    'quoting.ts',
    'register.gen.ts',
    'schemas.gen.ts',
    'server.gen.ts',
    'sub/old.gen.ts',
    'tools.gen.ts',
  ])
})

it.concurrent('leaves the last good output when there are errors', async () => {
  const directory = project()
  await build({ project: directory })
  const before = get(directory, 'generated/policy.gen.ts')
  put(directory, 'mcp/tools/list-notes.ts', tool(''))
  const { files } = await build({ project: directory })
  expect(files).toEqual([])
  expect(get(directory, 'generated/policy.gen.ts')).toBe(before)
})

it.concurrent('leaves no temporary file behind', async () => {
  const directory = project()
  await build({ project: directory })
  expect(filesIn(join(directory, 'generated')).filter((path) => path.includes('.tmp'))).toEqual([])
})

it.concurrent('writes the same bytes wherever the project is and whatever the environment', async () => {
  const [one, two] = [project(), project()]
  await build({ project: one })
  process.env.MCP_RESOURCE = 'https://elsewhere.example.com/mcp'
  await build({ project: two }).finally(() => delete process.env.MCP_RESOURCE)
  for (const file of filesIn(join(one, 'generated'))) {
    const text = get(one, `generated/${file}`)
    expect(get(two, `generated/${file}`)).toBe(text)
    expect(text).not.toContain(one)
    expect(text).not.toContain('\r')
  }
})

it.concurrent('project-missing is reported for a folder that is not there', async () => {
  const directory = project()
  rmSync(directory, { recursive: true })
  const { diagnostics } = await build({ project: directory })
  expect(diagnostics.map(({ code }) => code)).toEqual(['project-missing'])
})

it.concurrent('the files of resources and prompts come with the first and go with the last', async () => {
  const directory = project({
    'mcp/resources/all.ts': `import { defineResource } from '@mcp-secure/spec'

export default defineResource({ uri: 'notes://all', description: 'All', access: 'authenticated', read: () => '' })
`,
    'mcp/prompts/hello.ts': `import { definePrompt } from '@mcp-secure/spec'

export default definePrompt({ description: 'Hello', access: 'authenticated', run: () => '' })
`,
  })
  await build({ project: directory })
  expect(filesIn(join(directory, 'generated'))).toEqual(expect.arrayContaining(['prompts.gen.ts', 'resources.gen.ts']))
  rmSync(join(directory, 'mcp/resources'), { recursive: true })
  rmSync(join(directory, 'mcp/prompts'), { recursive: true })
  const { files, diagnostics } = await build({ project: directory })
  expect(diagnostics).toEqual([])
  expect(changed(files)).toEqual([
    'write generated/ACCESS.md',
    'write generated/policy.gen.ts',
    'remove generated/prompts.gen.ts',
    'remove generated/resources.gen.ts',
    'write generated/schemas.gen.ts',
    'write generated/server.gen.ts',
  ])
})

it.concurrent('a project of resources alone is a project', async () => {
  const directory = project({
    'mcp/resources/all.ts': `import { defineResource } from '@mcp-secure/spec'

export default defineResource({ uri: 'notes://all', description: 'All', access: 'public', read: () => '' })
`,
  })
  rmSync(join(directory, 'mcp/tools'), { recursive: true })
  const { diagnostics } = await build({ project: directory })
  expect(diagnostics).toEqual([])
  expect(get(directory, 'generated/ACCESS.md')).toContain('**Everybody can read these, without a token.**')
})
