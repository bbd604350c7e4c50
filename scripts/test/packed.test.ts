import { execFile } from 'node:child_process'
import { cp, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
// Inside the repository, so that other people's packages are found; ours are found here first.
const place = join(root, '.packed')
const project = join(place, 'hello')
const packages = ['spec', 'generator', 'runtime', 'auth-server', 'testing', 'console', 'create-mcp-secure', 'client']

/** npm, without a shell where it tells its own entry file. */
function npm(args: string[]): Promise<{ stdout: string }> {
  const entry = process.env.npm_execpath
  return entry
    ? run(process.execPath, [entry, ...args], { cwd: root })
    : run('npm', args, { cwd: root, shell: process.platform === 'win32' })
}

/** The files of each package as they would be published, unpacked where Node looks for them. */
async function packAndUnpack(folder: string): Promise<string[]> {
  const { stdout } = await npm(['pack', '--json', '--pack-destination', place, '--workspace', `packages/${folder}`])
  const report = JSON.parse(stdout) as unknown
  const [packed] = (Array.isArray(report) ? report : Object.values(report as object)) as {
    name: string
    filename: string
    files: { path: string }[]
  }[]
  if (!packed) throw new Error(`npm packed nothing for ${folder}`)
  const target = join(place, 'node_modules', packed.name)
  await mkdir(target, { recursive: true })
  await run('tar', [
    '-xzf',
    join(place, packed.filename.replace('@', '').replace('/', '-')),
    '-C',
    target,
    '--strip-components',
    '1',
  ])
  return packed.files.map((file) => file.path)
}

describe('the published packages', () => {
  const files = new Map<string, string[]>()

  beforeAll(async () => {
    await rm(place, { recursive: true, force: true })
    await mkdir(place, { recursive: true })
    for (const folder of packages) files.set(folder, await packAndUnpack(folder))
    await cp(join(root, 'examples', 'hello'), project, {
      recursive: true,
      filter: (path) => !/[\\/](dist|generated|node_modules)$/.test(path),
    })
  }, 120_000)

  afterAll(() => rm(place, { recursive: true, force: true }))

  it.each(packages)('hold in %s what is imported, its types, its licence, and no test', (folder) => {
    const paths = files.get(folder) ?? []
    expect(paths).toEqual(
      expect.arrayContaining(['package.json', 'README.md', 'LICENSE', 'dist/index.js', 'dist/index.d.ts']),
    )
    // The tests of a starter are what a new project begins with.
    const own = paths.filter((path) => !path.startsWith('templates/'))
    expect(own.filter((path) => /(^|\/)test\/|\.test\.[^.]+$|tsbuildinfo|\.env$/.test(path))).toEqual([])
  })

  it('hold in create-mcp-secure every file of the starters that git knows, and no other', async () => {
    const { stdout } = await run('git', ['ls-files', 'templates/project'], { cwd: root })
    const known = stdout
      .trim()
      .split('\n')
      .map((path) => path.replace('templates/project/', 'templates/'))
    const packed = (files.get('create-mcp-secure') ?? []).filter((path) => path.startsWith('templates/'))
    expect(packed.sort()).toEqual(known.sort())
  })

  it('start in create-mcp-secure a project by themselves', async () => {
    const program = join(place, 'node_modules', 'create-mcp-secure', 'bin', 'create-mcp-secure.cjs')
    await run(process.execPath, [program, 'created', '--template', 'api', '--no-install', '--no-git'], { cwd: place })
    expect(await readFile(join(place, 'created', '.gitignore'), 'utf8')).toContain('node_modules/')
    await stat(join(place, 'created', '.github', 'workflows', 'ci.yml'))
  })

  it('name no folder of the machine that built them', async () => {
    for (const name of await readdir(join(place, 'node_modules'), { recursive: true })) {
      if (!/\.(js|ts|json|map|md|hbs)$/.test(name)) continue
      expect(await readFile(join(place, 'node_modules', name), 'utf8'), name).not.toContain(root)
    }
  })

  it('build a project in a folder of its own, with the same output as here', async () => {
    const generator = join(place, 'node_modules', 'mcp-gen', 'bin', 'mcp-gen.js')
    await run(process.execPath, [generator, 'build'], { cwd: project })
    await run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc')], { cwd: project })
    const policy = await readFile(join(project, 'generated', 'policy.gen.ts'), 'utf8')
    expect(policy).toBe(await readFile(join(root, 'examples', 'hello', 'generated', 'policy.gen.ts'), 'utf8'))
    const { definition } = (await import(pathToFileURL(join(project, 'dist', 'generated', 'server.gen.js')).href)) as {
      definition: { policy: { tools: object } }
    }
    expect(Object.keys(definition.policy.tools)).toEqual(['greet', 'greet_world', 'who_am_i'])
  }, 60_000)
})
