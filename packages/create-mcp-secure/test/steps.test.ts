import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { create, type Options, pathWith } from './support/program.js'

const windows = process.platform === 'win32'

let place: string

beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'create-steps-'))
})

afterAll(() => rm(place, { recursive: true, force: true }))

const directory = () => mkdtemp(join(place, 'd-'))

/** Surroundings in which git knows somebody, or nobody. */
async function home(name = 'Ada'): Promise<Record<string, string>> {
  const made = await directory()
  const config = join(made, 'gitconfig')
  await writeFile(config, name === '' ? '' : `[user]\n\tname = ${name}\n\temail = ada@example.com\n`)
  return { GIT_CONFIG_GLOBAL: config, GIT_CONFIG_NOSYSTEM: '1', GIT_CEILING_DIRECTORIES: place }
}

const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', args, { cwd, encoding: 'utf8', stdio: 'pipe' }).trim()

describe('without a terminal', () => {
  it('asks nothing, takes the defaults, and says what to type next', async () => {
    const cwd = await directory()
    const { code, out, err } = await create(['--no-install'], { cwd, env: await home() })
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out.replace(/[\d.]+ s/, '0.1 s').split('\n')).toEqual([
      'Wrote 22 files to my-mcp-server: minimal, the embedded authorization server.',
      'Made a git repository, with a first commit.',
      '',
      'Next:',
      '  cd my-mcp-server',
      '  npm install',
      '  npm run dev',
      '',
      'README.md says the rest. (0.1 s)',
      '',
    ])
    expect(await readdir(cwd)).toEqual(['my-mcp-server'])
  })

  it('prints no colour and moves no cursor', async () => {
    const { out } = await create(['a', '--no-install'], { cwd: await directory(), env: await home() })
    expect(out).not.toMatch(/\p{Cc}(?<!\n)/u)
  })

  it('takes this directory for a dot, and does not say to enter it', async () => {
    const cwd = join(await directory(), 'here')
    await mkdir(cwd)
    const { code, out } = await create(['.', '--no-install', '--no-git'], { cwd })
    expect({ code, cd: out.includes('cd ') }).toEqual({ code: 0, cd: false })
    expect(JSON.parse(await readFile(join(cwd, 'package.json'), 'utf8'))).toMatchObject({ name: 'here' })
  })

  it('puts a directory with a space between quotes', async () => {
    const args = ['my server', '--name', 'my-server', '--no-install', '--no-git']
    expect((await create(args, { cwd: await directory() })).out).toContain('  cd "my server"\n')
  })

  it('says that an issuer is missing, and not when it is known', async () => {
    const cwd = await directory()
    const args = ['--auth', 'oidc', '--no-install', '--no-git']
    expect((await create(['a', ...args], { cwd })).out).toContain('Set MCP_AUTH_ISSUER')
    const known = await create(['b', ...args, '--issuer', 'https://login.example.com'], { cwd })
    expect(known.out).not.toContain('MCP_AUTH_ISSUER')
  })

  it.each([['--help'], ['-h', 'a'], ['--version']])('%s writes nothing but words', async (...args) => {
    const cwd = await directory()
    const { code, out } = await create(args, { cwd })
    expect(out).toMatch(args[0] === '--version' ? /^\d+\.\d+\.\d+\n$/ : /Examples:\n {2}npx create-mcp-secure/)
    expect({ code, left: await readdir(cwd) }).toEqual({ code: 0, left: [] })
  })
})

describe('git', () => {
  const made = async (options: { env: Options['env']; flags?: string[]; cwd?: string }) => {
    const cwd = options.cwd ?? (await directory())
    const result = await create(['a', '--no-install', ...(options.flags ?? [])], { cwd, env: options.env ?? {} })
    return { ...result, project: join(cwd, 'a') }
  }

  it('has a first commit of everything, by whom it knows', async () => {
    const { project } = await made({ env: await home() })
    expect(git(project, 'log', '--format=%an %s')).toBe('Ada Start with create-mcp-secure')
    expect(git(project, 'status', '--porcelain')).toBe('')
  })

  it('has no commit when it knows nobody, which is said', async () => {
    const { project, out } = await made({ env: await home('') })
    expect(out).toContain('Nothing is committed: git does not know your name')
    expect(git(project, 'status', '--porcelain')).toContain('?? package.json')
  })

  it('is left alone inside a repository', async () => {
    const cwd = await directory()
    git(cwd, 'init', '--quiet')
    const { project, out } = await made({ env: await home(), cwd })
    expect(out).toContain('this lies in a repository already')
    expect(await readdir(project)).not.toContain('.git')
  })

  it('is left alone with --no-git, and where there is none', async () => {
    const nowhere = await directory()
    const without = await made({ env: { ...(await home()), PATH: nowhere } })
    expect(without.out).toContain('Left git alone: it is not installed.')
    const flag = await made({ env: await home(), flags: ['--no-git'] })
    expect(flag.out).not.toContain('git')
    for (const { project } of [without, flag]) expect(await readdir(project)).not.toContain('.git')
  })

  it('is not led elsewhere by what a hook was told', async () => {
    const elsewhere = await directory()
    git(elsewhere, 'init', '--quiet')
    const { project } = await made({ env: { ...(await home()), GIT_DIR: join(elsewhere, '.git') } })
    expect(git(project, 'log', '--format=%s')).toBe('Start with create-mcp-secure')
    expect(() => git(elsewhere, 'log')).toThrow()
  })
})

describe.skipIf(windows)('the package manager', () => {
  /** Pretends to be one: writes down how it was called, and installs an mcp-gen that does the same. */
  const PRETENDER = `
    const fs = require('fs')
    if (process.argv[2] === '--version') { console.log('10.1.0'); process.exit() }
    fs.writeFileSync('called.json', JSON.stringify([require('path').basename(process.argv[1]), ...process.argv.slice(2)]))
    fs.mkdirSync('node_modules/mcp-gen', { recursive: true })
    fs.writeFileSync('node_modules/mcp-gen/package.json', '{"bin":{"mcp-gen":"main.js"}}')
    fs.writeFileSync('node_modules/mcp-gen/main.js', 'require("fs").mkdirSync("generated"); require("fs").writeFileSync("generated/" + process.argv[2], "")')`

  it.each([
    ['npm/11.19.1 node/v20.20.2 linux x64', 'npm', 'npm run dev'],
    ['pnpm/10.34.8 npm/? node/v20.20.2 linux x64', 'pnpm', 'pnpm dev'],
    ['yarn/1.22.22 npm/? node/v20.20.2 linux x64', 'yarn', 'yarn dev'],
    ['yarn/4.9.1 npm/? node/v20.20.2 linux x64', 'yarn', 'yarn dev'],
    ['bun/1.3.0 npm/? node/v24.3.0 linux x64', 'bun', 'bun run dev'],
    ['somebody/1.0.0', 'npm', 'npm run dev'],
  ])('that started it (%s) installs, and stands in what to type next', async (agent, name, dev) => {
    const cwd = await directory()
    const env = { ...(await home()), npm_config_user_agent: agent, PATH: pathWith(await directory(), name, PRETENDER) }
    const { code, out } = await create(['a'], { cwd, env })
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining(`\n  cd a\n  ${dev}\n`) })
    expect(JSON.parse(await readFile(join(cwd, 'a', 'called.json'), 'utf8')).slice(0, 2)).toEqual([name, 'install'])
    expect(await readdir(join(cwd, 'a', 'generated'))).toEqual(['build'])
  })

  it('that was asked for is taken instead', async () => {
    const cwd = await directory()
    const env = { ...(await home()), PATH: pathWith(await directory(), 'pnpm', PRETENDER) }
    const { out } = await create(['a', '--package-manager', 'pnpm'], { cwd, env })
    expect(out).toContain('Installed the packages with pnpm.')
    expect(await readFile(join(cwd, 'a', 'Dockerfile'), 'utf8')).toContain('npm install --global pnpm@10\n')
  })

  it.each([
    [
      'npm error code E404\nnpm error 404 Not Found - GET https://me:secret@r.example.com/x',
      '404 Not Found - GET https://r.example.com/x',
    ],
    ['npm error code EAI_AGAIN', 'the registry cannot be reached (EAI_AGAIN)'],
    ['nothing that makes sense', 'npm ended with code 7'],
  ])('that fails is told in one line, and the project stays whole: %j', async (said, told) => {
    const cwd = await directory()
    const script = `console.error(${JSON.stringify(said)}); process.exit(7)`
    const env = { ...(await home()), PATH: pathWith(await directory(), 'npm', script) }
    const { code, out } = await create(['a'], { cwd, env })
    expect(out).toContain(`\nThe packages are not installed: ${told}. Later: npm install, then npm run build.\n`)
    expect(out).toContain('  cd a\n  npm install\n  npm run dev\n')
    expect(out).not.toContain('secret')
    expect({ code, files: await readdir(join(cwd, 'a')) }).toMatchObject({
      code: 1,
      files: expect.arrayContaining(['.git', 'mcp', 'package.json', 'README.md']),
    })
  })

  it('that cannot reach its registry is npm itself, too', async () => {
    const env = { ...(await home()), npm_config_registry: 'http://127.0.0.1:9/', npm_config_cache: await directory() }
    const { code, out } = await create(['a'], { cwd: await directory(), env })
    expect(out).toContain('The packages are not installed: the registry cannot be reached (ECONNREFUSED).')
    expect(code).toBe(1)
  })

  it('that is interrupted leaves the project, and says how to go on', async () => {
    const cwd = await directory()
    const script = `setInterval(() => {}, 1000)`
    const env = { ...(await home()), PATH: pathWith(await directory(), 'npm', script) }
    let interrupted = false
    const watch: Options['watch'] = (_, kill) => {
      if (!interrupted) kill('SIGINT')
      interrupted = true
    }
    const { code, out, err } = await create(['a'], { cwd, env, watch })
    expect(err).toBe('Stopped. a is complete but for its packages: npm install, then npm run dev.\n')
    expect(out).not.toContain('Next:')
    expect({ code, files: await readdir(join(cwd, 'a')) }).toMatchObject({
      code: 130,
      files: expect.arrayContaining(['package.json']),
    })
  })
})
