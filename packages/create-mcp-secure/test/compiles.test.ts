// What a new project is for: it builds, its types hold, and its tests pass. Without a network: the projects stand in
// a folder of this repository, whose packages they find above them.
import { execFile } from 'node:child_process'
import { mkdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TEMPLATES, type TemplateName } from '../src/choices.js'
import { create } from './support/program.js'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../../..', import.meta.url))
const place = join(root, '.created')

const program = {
  generator: join(root, 'packages', 'generator', 'bin', 'mcp-gen.js'),
  compiler: join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
  tests: join(root, 'node_modules', 'vitest', 'vitest.mjs'),
}

beforeAll(async () => {
  await rm(place, { recursive: true, force: true })
  await mkdir(place)
})

afterAll(() => rm(place, { recursive: true, force: true }))

// With the embedded one the starters themselves are tested, in templates/project.
describe.each(Object.keys(TEMPLATES) as TemplateName[])(
  'a project of %s with an authorization server of its own',
  (template) => {
    const directory = join(place, `my-${template}`)

    it('builds, and its types hold', async () => {
      const flags = ['--template', template, '--auth', 'oidc', '--no-install', '--no-git']
      expect(await create([`my-${template}`, ...flags], { cwd: place })).toMatchObject({ code: 0 })
      await run(process.execPath, [program.generator, 'build'], { cwd: directory })
      // What its first commit holds passes the check of its CI.
      expect(JSON.parse(await readFile(join(directory, 'access.lock.json'), 'utf8'))).toMatchObject({ version: 1 })
      await run(process.execPath, [program.generator, 'build', '--check'], { cwd: directory })
      await run(process.execPath, [program.compiler], { cwd: directory })
      await run(process.execPath, [program.compiler, '--project', 'test'], { cwd: directory })
      await stat(join(directory, 'dist', 'main.js'))
      expect(await readFile(join(directory, 'generated', 'ACCESS.md'), 'utf8')).toContain(
        `# Who may call \`my-${template}\``,
      )
    }, 60_000)

    it('passes its tests', async () => {
      const args = [program.tests, 'run', '--reporter', 'dot']
      const { stdout } = await run(process.execPath, args, { cwd: directory, env: { ...process.env, VITEST: '' } })
      expect(stdout).toMatch(/Test Files .*\d+ passed/)
    }, 60_000)
  },
)

describe.each(Object.keys(TEMPLATES) as TemplateName[])('the types of the starter %s', (template) => {
  it('hold in its tests, too', async () => {
    const directory = join(root, 'templates', 'project', template)
    await run(process.execPath, [program.generator, 'build'], { cwd: directory })
    await run(process.execPath, [program.compiler, '--project', 'test'], { cwd: directory })
  }, 60_000)
})
