import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { build } from '../dist/build.js'
import { filesIn, get, put, SERVER, temporaryProject, tool } from './support/project.js'

const TEST = 'access.gen.test.ts'
const CLIENT = 'client.gen.ts'

const FILES = { 'mcp/server.ts': SERVER, 'mcp/tools/list-notes.ts': tool(`scopes: ['notes:read'],`) }

async function generated(project: string): Promise<readonly string[]> {
  const { diagnostics } = await build({ project })
  expect(diagnostics).toEqual([])
  return filesIn(join(project, 'generated')).filter((file) => file === TEST || file === CLIENT)
}

describe.concurrent('what a project has no packages for is not generated, because it would not compile', () => {
  it.each([
    { packages: {}, files: [] },
    { packages: { devDependencies: { vitest: '^4.0.0' } }, files: [] },
    { packages: { devDependencies: { '@mcp-secure/testing': '0.1.0' } }, files: [] },
    { packages: { devDependencies: { vitest: '^4.0.0', '@mcp-secure/testing': '0.1.0' } }, files: [TEST] },
    { packages: { dependencies: { '@mcp-secure/client': '0.1.0' } }, files: [CLIENT] },
    { packages: { optionalDependencies: { '@mcp-secure/client': '0.1.0' } }, files: [CLIENT] },
    { packages: { overrides: { '@mcp-secure/client': '0.1.0' } }, files: [] },
    { packages: { dependencies: ['@mcp-secure/client'] }, files: [] },
  ])('$packages: $files', async ({ packages, files }) => {
    const project = temporaryProject({ ...FILES, 'package.json': JSON.stringify({ type: 'module', ...packages }) })
    expect(await generated(project)).toEqual(files)
  })

  it('and without a package.json nothing of it is', async () => {
    expect(await generated(temporaryProject(FILES))).toEqual([])
  })
})

it('is removed when the package is, and comes back with it', async () => {
  const manifest = JSON.stringify({ type: 'module', dependencies: { '@mcp-secure/client': '0.1.0' } })
  const project = temporaryProject({ ...FILES, 'package.json': manifest })
  expect(await generated(project)).toEqual([CLIENT])
  const text = get(project, `generated/${CLIENT}`)
  rmSync(join(project, 'package.json'))
  expect(await generated(project)).toEqual([])
  put(project, 'package.json', `\ufeff${manifest}`)
  expect(await generated(project)).toEqual([CLIENT])
  expect(get(project, `generated/${CLIENT}`)).toBe(text)
})

it('package.json belongs to what is watched, there or not', async () => {
  const project = temporaryProject(FILES)
  const without = await build({ project })
  expect([without.sources.includes('package.json'), without.missingSources]).toEqual([false, ['package.json']])
  put(project, 'package.json', '{}')
  const withIt = await build({ project })
  expect([withIt.sources.includes('package.json'), withIt.missingSources]).toEqual([true, []])
})

it('does not take the place of a file that somebody wrote', async () => {
  const mine = 'export const mine = true\n'
  const project = temporaryProject({ ...FILES, [`generated/${CLIENT}`]: mine })
  put(project, 'package.json', JSON.stringify({ dependencies: { '@mcp-secure/client': '0.1.0' } }))
  expect((await build({ project })).diagnostics.map(({ code }) => code)).toEqual(['foreign-file'])
  expect(get(project, `generated/${CLIENT}`)).toBe(mine)
})
