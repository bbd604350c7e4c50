import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { put } from '../support/project.js'
import { callTool, descendants, endAll, isRunning, liveDev, startDev, until } from './support/dev.js'
import { devProject, ELSEWHERE, says } from './support/projects.js'

/** Answers with its process and with what the environment says. */
const PROCESS = `import { defineTool } from '@mcp-secure/spec'

const when = process.env.FLAVOUR ?? 'none'

export default defineTool({
  description: 'Tells about its process',
  access: 'public',
  annotations: { readOnlyHint: true },
  run: () => \`process \${process.pid} flavour \${when} mode \${process.env.NODE_ENV}\`,
})
`

/** Ends the process of the server, as a bug would. */
const DIES = `import { defineTool } from '@mcp-secure/spec'

export default defineTool({ description: 'Ends it', access: 'public', annotations: { readOnlyHint: true }, run: () => process.exit(7) })
`

afterEach(endAll)

/** What these tests are about needs no logins. */
const elsewhere = (files: Readonly<Record<string, string>> = {}) => devProject({ 'mcp/server.ts': ELSEWHERE, ...files })

const linux = it.runIf(process.platform === 'linux')

linux.each(['SIGINT', 'SIGTERM'] as const)('%s ends everything that was started, and is no failure', async (signal) => {
  const dev = await liveDev(devProject())
  const children = descendants(dev.process.pid ?? 0)
  // The compiler, the server, the authorization server, and what waits for its turn.
  expect(children.length).toBeGreaterThanOrEqual(4)
  expect(await dev.end(signal)).toBe(0)
  expect(children.filter(isRunning)).toEqual([])
})

linux('a supervisor that is killed takes its programs with it', async () => {
  const directory = devProject()
  const dev = await liveDev(directory)
  const children = descendants(dev.process.pid ?? 0)
  expect(children.length).toBeGreaterThanOrEqual(4)
  await dev.end('SIGKILL')
  await until(() => !children.some(isRunning))
  // What it left of its claim is taken over, and goes with the next one.
  await liveDev(directory)
})

it('a server that ends by itself is started again, which is said, and given up when it does so again and again', async () => {
  const dev = await liveDev(elsewhere({ 'mcp/tools/die.ts': DIES }))
  for (let times = 1; times <= 3; times++) {
    const from = dev.events.length
    await callTool(dev.resource, 'die')
    const { message } = await dev.event('notice', ({ level }) => level === 'error', from)
    expect(message).toContain('The server ended with exit code 7')
    expect((await callTool(dev.resource, 'greet')).text).toContain('hello')
  }
  const from = dev.events.length
  await callTool(dev.resource, 'die')
  expect((await dev.event('notice', ({ level }) => level === 'error', from)).message).toContain('again and again')
  const refused = await callTool(dev.resource, 'greet')
  expect(refused.status).toBe(503)
  expect(refused.headers.get('retry-after')).toBe('1')
})

it('the .env of the project reaches its programs, a change of it too, and nothing of it is printed', async () => {
  const directory = elsewhere({
    'mcp/tools/tell.ts': PROCESS,
    '.env': 'FLAVOUR=salt-9c1e\nREAL=from-the-file\nNODE_ENV=test\n',
  })
  const dev = await liveDev(directory)
  const told = async () => (await callTool(dev.resource, 'tell')).text
  expect(await told()).toContain('flavour salt-9c1e mode development')
  put(directory, '.env', 'FLAVOUR=pepper-77ab\n')
  await until(async () => (await told()).includes('flavour pepper-77ab'))
  expect(dev.printed()).not.toMatch(/salt-9c1e|pepper-77ab/)
})

it('the real environment wins over .env', async () => {
  const directory = elsewhere({ 'mcp/tools/tell.ts': PROCESS, '.env': 'FLAVOUR=file\n' })
  const dev = await liveDev(directory, { env: { FLAVOUR: 'real' } })
  expect((await callTool(dev.resource, 'tell')).text).toContain('flavour real')
})

it.each([
  { where: 'the environment', env: { NODE_ENV: 'production' }, files: {}, says: 'NODE_ENV is production.' },
  { where: '.env', env: {}, files: { '.env': 'NODE_ENV=production\n' }, says: 'NODE_ENV is production in .env.' },
])('production in $where is refused before anything runs', async ({ env, files, says: text }) => {
  const dev = await startDev(elsewhere(files), { env })
  expect(await dev.ended).toBe(1)
  expect(dev.printed()).toContain(text)
})

it('a second one for the same project says which one runs, and ends', async () => {
  const directory = elsewhere()
  const first = await liveDev(directory)
  await first.event('ready')
  const second = await startDev(directory)
  expect(await second.ended).toBe(1)
  expect(second.events).toHaveLength(1)
  expect(second.printed()).toContain(`process ${first.process.pid}`)
  expect(second.printed()).toContain(`${first.origin}/`)
})

it('what the project prints and logs is passed on, with the stack in its source', async () => {
  const fails = says('x').replace(
    `() => "x"`,
    `() => {\n    console.log('printed by hand')\n    throw new Error('on purpose')\n  }`,
  )
  const dev = await liveDev(elsewhere({ 'mcp/tools/fail.ts': fails }))
  await callTool(dev.resource, 'fail')
  await dev.event('log', ({ message, level }) => message === 'printed by hand' && level === 'info')
  const { stack } = await dev.event('log', ({ message }) => message === 'the tool fail failed')
  expect(stack).toContain('on purpose')
  expect(stack).toMatch(/mcp[/\\]tools[/\\]fail\.ts:9:/)
  const request = await dev.event('request', ({ name }) => name === 'fail')
  expect(request).toMatchObject({ outcome: 'failed', reason: 'failed' })
})

it('a main.ts that starts its own server is served if it listens where it is told', async () => {
  const main = `import fastify from 'fastify'
import { mcp } from './generated/server.gen.js'

const app = fastify()
app.get('/own', () => 'my own route')
await app.register(mcp)
await app.listen({ host: process.env.HOST ?? '::', port: Number(process.env.PORT) })
`
  const dev = await liveDev(elsewhere({ 'main.ts': main }))
  expect(await (await fetch(`${dev.origin}/own`)).text()).toBe('my own route')
  expect((await callTool(dev.resource, 'greet')).text).toContain('hello')
})

it('a main.ts that listens nowhere is a finding that says what to do', async () => {
  const dev = await startDev(
    elsewhere({ 'main.ts': `import './generated/server.gen.js'\nsetInterval(() => {}, 1000)\n` }),
  )
  const { findings } = await dev.event('build', ({ status }) => status === 'failed')
  expect(findings[0]?.message).toContain('Use start() of @mcp-secure/runtime')
  expect((await callTool(dev.resource, 'greet')).status).toBe(503)
})

it('a project without a main.ts runs as well', async () => {
  const directory = elsewhere()
  rmSync(join(directory, 'main.ts'))
  const dev = await liveDev(directory)
  expect((await callTool(dev.resource, 'greet')).text).toContain('hello')
  expect(readFileSync(join(directory, '.mcp-secure', '.gitignore'), 'utf8')).toBe('*\n')
})
