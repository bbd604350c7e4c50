// `npm run e2e:create`: the way from nothing to the first call, as users go it, through a registry on this computer.
// Ends with 1 at the first thing that is not so. `-- --keep` leaves the temporary folder for a look.
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, delimiter, join } from 'node:path'
import { buildPackages } from '../../scripts/build.mjs'
import { freePort } from '../../scripts/free-port.mjs'
import { installIfNeeded, requireNode, root } from '../../scripts/install.mjs'
import { callWithToken, logInAndCall, startIssuer } from './first-call.mjs'
import { run, startProgram, stopAll } from './programs.mjs'
import { configuredRegistry, publishAll, startRegistry } from './registry.mjs'

const GOAL = { whole: 60, own: 3 }

const here = import.meta.dirname
const npm = { ...npmHere(), shell: process.platform === 'win32' && !process.env.npm_execpath }

/** npm, by its own entry file where it tells that. */
function npmHere() {
  const entry = process.env.npm_execpath
  return entry ? { command: process.execPath, before: [entry] } : { command: 'npm', before: [] }
}

requireNode()
installIfNeeded()
buildPackages()
const place = await mkdtemp(join(tmpdir(), 'e2e-create-'))
let registry
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => end(130))
try {
  await main()
  await end(0)
} catch (error) {
  console.error(`\nNot so: ${error.message}`)
  await end(1)
}

/** Leaves nothing running, and nothing behind. */
async function end(code) {
  await stopAll()
  await registry?.stop()
  if (process.argv.includes('--keep')) console.log(`\nleft in ${place}`)
  else await rm(place, { recursive: true, force: true, maxRetries: 5 })
  process.exit(code)
}

async function main() {
  registry = await prepare()
  const user = await newUser()
  await oneLine(user)
  await wholeWay(user, 'notes', [])
  await wholeWay(user, 'api', [])
  await wholeWay(user, 'minimal', ['--auth', 'oidc'])
  await asContainer(user, 'my-minimal-auth-oidc')
  await withPnpm(user)
  console.log('\nEverything is as it should be.')
}

/** The registry, with our packages as they would be published. */
async function prepare() {
  const env = process.env
  if (!existsSync(join(here, 'node_modules', 'verdaccio'))) {
    console.log('installing the registry (npm ci in e2e/create) …')
    await run(npm.command, [...npm.before, 'ci', '--loglevel', 'error'], { cwd: here, env })
  }
  const tarballs = join(place, 'tarballs')
  await mkdir(tarballs)
  const folders = (await readdir(join(root, 'packages'))).flatMap((folder) => ['--workspace', `packages/${folder}`])
  await run(npm.command, [...npm.before, 'pack', '--pack-destination', tarballs, ...folders], { cwd: root, env })
  const folder = join(place, 'registry')
  await mkdir(folder)
  const started = await startRegistry(folder, configuredRegistry(npm))
  await publishAll(tarballs, npm, { cwd: place, env: environment(), url: started.url })
  console.log(`published ${(await readdir(tarballs)).length} packages on ${started.url}`)
  return started
}

/** What a user has who never did anything here: an empty home, an empty cache, a name for git. */
async function newUser() {
  const home = join(place, 'home')
  await mkdir(home)
  await writeFile(join(home, '.gitconfig'), '[user]\n\tname = E2E\n\temail = e2e@example.com\n')
  const env = {
    ...environment(),
    HOME: home,
    USERPROFILE: home,
    npm_config_registry: registry.url,
    npm_config_cache: join(place, 'cache'),
    npm_config_userconfig: join(home, '.npmrc'),
    npm_config_update_notifier: 'false',
  }
  return { home, env }
}

/** This process's environment without what npm told it. */
function environment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:npm_|INIT_CWD$|NODE_ENV$)/i.test(name)),
  )
}

/**
 * One command line from an empty directory to a server: `npx create-mcp-secure hello --yes && cd hello && npm run dev`.
 * The clock runs until a client that had to log in has its first answer.
 */
async function oneLine({ env }) {
  const line = 'npx create-mcp-secure@latest hello --yes && cd hello && npm run dev'
  console.log(`\n# ${line}`)
  const begun = performance.now()
  const created = await create(env, 'hello', [])
  const project = join(place, 'hello')
  const ports = await freeAddresses()
  const hasDev = await knowsDev(project)
  const servers = hasDev ? await startDev(project, env, ports) : await buildAndStart(project, env, ports)
  const up = performance.now()
  await logInAndCall(project, 'minimal', ports.MCP_RESOURCE)
  const end = performance.now()
  await servers.stop()
  const call = (end - up) / 1_000
  if (!hasDev) console.log('  not run: npm run dev, because mcp-gen has no dev yet. Instead: build, auth and start.')
  print([
    ['npx, until create-mcp-secure runs', created.npx],
    ['create-mcp-secure itself, with its mcp-gen build', created.own],
    ['npm install, which it waits for', created.npm],
    ...servers.times,
    ['login and first call', call],
  ])
  compare('from an empty directory to the first call', (end - begun) / 1_000, GOAL.whole)
  compare('create-mcp-secure and mcp-gen build alone', created.own, GOAL.own)
  await run('npm', ['test'], { cwd: project, env })
  console.log('  npm test: passed')
}

/** Every command that a project's README names, one after the other. */
async function wholeWay({ env }, template, flags) {
  const name = ['my', template, ...flags.map((flag) => flag.replace('--', ''))].join('-')
  console.log(`\n# npx create-mcp-secure@latest ${[name, '--template', template, ...flags].join(' ')}`)
  const created = await create(env, name, ['--template', template, ...flags])
  const project = join(place, name)
  await checkProject(project, name, env)
  const test = await run('npm', ['test'], { cwd: project, env })
  const ports = await freeAddresses()
  if (flags.includes('oidc')) await oidcCall(project, template, env, ports)
  else {
    const servers = await buildAndStart(project, env, ports)
    await logInAndCall(project, template, ports.MCP_RESOURCE)
    await servers.stop()
  }
  console.log('  npm test, npm run build, npm start, a login and a call: as they should be')
  print([
    ['create-mcp-secure itself, with mcp-gen build', created.own],
    ['npm install, which it waits for', created.npm],
    ['npm test', test.seconds],
  ])
}

async function oidcCall(project, template, env, ports) {
  const issuer = await startIssuer(project, ports.MCP_RESOURCE)
  try {
    await run('npm', ['run', 'build'], { cwd: project, env })
    const server = await startServer(project, { ...env, ...ports, MCP_AUTH_ISSUER: issuer.issuer })
    await callWithToken(project, template, ports.MCP_RESOURCE, issuer)
    await server.stop()
  } finally {
    await issuer.stop()
  }
}

/**
 * What the Dockerfile says, done by hand in folders of its own where there is no engine: the commands of its stages,
 * the files of its last one, and there the server and the question whether it answers.
 */
async function asContainer({ env }, name) {
  console.log(`\n# the Dockerfile of ${name}, by hand`)
  const project = join(place, name)
  const lines = (await readFile(join(project, 'Dockerfile'), 'utf8')).split('\n')
  const ignored = (await readFile(join(project, '.dockerignore'), 'utf8')).split('\n')
  const stages = []
  for (const line of lines) {
    if (line.startsWith('FROM '))
      stages.push({ folder: join(place, `stage-${stages.length}`), name: line.split(' AS ')[1] })
    const stage = stages.at(-1)
    if (line.startsWith('FROM ')) await mkdir(stage.folder)
    else if (line.startsWith('RUN ')) {
      const [command, ...args] = line.slice('RUN '.length).split(' ')
      await run(command, args, { cwd: stage.folder, env })
    } else if (line.startsWith('COPY ')) {
      const [, from, sources, to] = /^COPY (?:--from=(\w+) )?(.*) (\S+)$/.exec(line)
      const origin = from === undefined ? project : stages.find((candidate) => candidate.name === from).folder
      const names =
        sources === '.' ? (await readdir(project)).filter((entry) => !ignored.includes(entry)) : sources.split(' ')
      for (const entry of names.map((entry) => basename(entry))) {
        const target = to === '.' || to === './' ? entry : to
        await cp(join(origin, entry), join(stage.folder, target), { recursive: true, verbatimSymlinks: true })
      }
    }
  }
  const last = stages.at(-1).folder
  const commandOf = (word) => JSON.parse(lines.findLast((line) => line.startsWith(word)).replace(/^.*?CMD /, ''))
  const port = new URL((await freeAddresses()).MCP_RESOURCE).port
  const settings = { MCP_RESOURCE: 'https://mcp.example.com/mcp', MCP_AUTH_ISSUER: 'https://login.example.com' }
  const inside = { ...env, ...settings, NODE_ENV: 'production', PORT: port }
  const [health, ...healthArgs] = commandOf('HEALTHCHECK')
  const asked = (options) => run(health, healthArgs, { cwd: last, env: inside, ...options })
  if (
    await asked().then(
      () => true,
      () => false,
    )
  )
    throw new Error('the health check is content without a server')
  const [command, ...args] = commandOf('CMD')
  const server = await startProgram(command, args, { cwd: last, env: inside, ready: /The MCP server is ready/ })
  await asked()
  await server.stop()
  for (const left of ['mcp', 'test', 'node_modules/vitest', 'node_modules/mcp-gen', 'node_modules/typescript']) {
    if (existsSync(join(last, left))) throw new Error(`the image holds ${left}`)
  }
  const { output } = await run('du', ['-sm', last], { cwd: place, env }).catch(() => ({ output: '' }))
  console.log(
    `  builds, starts, is healthy, holds no tools${output && `; ${Number.parseInt(output, 10)} MB without Node`}`,
  )
}

/** The same with a package manager that has no flat node_modules. */
async function withPnpm({ env, home }) {
  console.log('\n# pnpm create mcp-secure@latest with-pnpm --template notes --yes')
  const path = [join(here, 'node_modules', '.bin'), env.PATH].join(delimiter)
  const own = { ...env, PATH: path, PNPM_HOME: join(home, 'pnpm'), XDG_DATA_HOME: home, XDG_CACHE_HOME: home }
  const { seconds } = await run('pnpm', ['create', 'mcp-secure@latest', 'with-pnpm', '--template', 'notes', '--yes'], {
    cwd: place,
    env: own,
  })
  const project = join(place, 'with-pnpm')
  if (!existsSync(join(project, 'pnpm-lock.yaml'))) throw new Error('pnpm did not install the packages')
  await run('pnpm', ['test'], { cwd: project, env: own })
  await run('pnpm', ['build'], { cwd: project, env: own })
  console.log('  pnpm test, pnpm build: as they should be')
  print([['pnpm create, with everything', seconds]])
}

/** Runs the published program, and reads from its last line what it took. */
async function create(env, name, flags) {
  const args = ['--yes', 'create-mcp-secure@latest', name, '--yes', ...flags]
  const { output, seconds } = await run('npx', args, { cwd: place, env })
  const [, total, waited] = /\(([\d.]+) s, ([\d.]+) s of them npm\)/.exec(output) ?? []
  if (total === undefined) throw new Error(`create-mcp-secure does not say what it took:\n${output}`)
  return { npx: seconds - Number(total), own: Number(total) - Number(waited), npm: Number(waited) }
}

/** What a user finds: generated, under git with nothing left over, and nobody else's. */
async function checkProject(project, name, env) {
  const { name: written } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'))
  if (written !== name) throw new Error(`the project is called ${written}`)
  await stat(join(project, 'generated', 'ACCESS.md'))
  const { output } = await run('git', ['status', '--porcelain'], { cwd: project, env })
  if (output !== '') throw new Error(`git has something to say about a new project:\n${output}`)
  const { output: log } = await run('git', ['log', '--oneline'], { cwd: project, env })
  if (log.trim().split('\n').length !== 1) throw new Error(`a new project has not one commit:\n${log}`)
}

async function knowsDev(project) {
  const main = join(project, 'node_modules', 'mcp-gen', 'bin', 'mcp-gen.js')
  const { output } = await run(process.execPath, [main, '--help'], { cwd: project, env: process.env })
  return /mcp-gen dev/.test(output)
}

async function startDev(project, env, ports) {
  const begun = performance.now()
  const dev = await startProgram('npm', ['run', 'dev'], {
    cwd: project,
    env: { ...env, ...ports },
    ready: /\blive in \d/,
  })
  return { stop: dev.stop, times: [['npm run dev, until it is live', since(begun)]] }
}

async function buildAndStart(project, env, ports) {
  const built = await run('npm', ['run', 'build'], { cwd: project, env })
  const all = { ...env, ...ports, NODE_ENV: 'development' }
  const begun = performance.now()
  const auth = await startProgram('npm', ['run', 'auth'], { cwd: project, env: all, ready: /Authorization server of/ })
  const between = performance.now()
  const server = await startServer(project, all)
  return {
    times: [
      ['npm run build: mcp-gen and tsc', built.seconds],
      ['npm run auth, whose database is new', (between - begun) / 1_000],
      ['npm start', since(between)],
    ],
    async stop() {
      await server.stop()
      await auth.stop()
    },
  }
}

function startServer(project, env) {
  const all = { ...env, NODE_ENV: 'development' }
  return startProgram('npm', ['start'], { cwd: project, env: all, ready: /The MCP server is ready/ })
}

async function freeAddresses() {
  const [server, issuer] = [await freePort(), await freePort()]
  return { MCP_RESOURCE: `http://localhost:${server}/mcp`, MCP_AUTH_ISSUER: `http://localhost:${issuer}` }
}

function since(begun) {
  return (performance.now() - begun) / 1_000
}

/** A goal says how this should be on a computer that does nothing else: missing it is shown, and no failure. */
function compare(what, seconds, goal) {
  print([[`${what}: the goal of ${goal} s is ${seconds <= goal ? 'met' : 'missed'}`, seconds]])
}

function print(rows) {
  for (const [what, seconds] of rows) console.log(`  ${seconds.toFixed(1).padStart(6)} s  ${what}`)
}
