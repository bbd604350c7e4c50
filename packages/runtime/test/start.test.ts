import { type ChildProcess, spawn } from 'node:child_process'
import { createServer, type Server } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'

/** A project's entry, as a process of its own: what signals and exit codes do shows nowhere else. */
const RUNTIME = new URL('../dist/index.js', import.meta.url).href
const ENTRY = `
import { start, serverFactory } from ${JSON.stringify(RUNTIME)}
await start(serverFactory({
  policy: {
    server: { name: 'notes', version: '1.0.0' },
    resource: { env: 'MCP_RESOURCE', development: 'http://localhost:3000/mcp' },
    issuers: [{ issuer: { env: 'MCP_AUTH_ISSUER', development: 'http://localhost:4000' }, tokens: { form: 'jwt', typ: 'at+jwt' } }],
    scopes: {},
    tools: {},
  },
  schemas: {},
  tools: {},
  services: { open: () => { if (process.env.NO_DATABASE) throw new Error('no database'); return {} }, close: () => console.error('services closed') },
}))
`

interface Run {
  readonly process: ChildProcess
  readonly ended: Promise<{ code: number | null; out: string; err: string }>
  /** Resolves with the line that says where it listens. */
  readonly ready: Promise<string>
}

const running = new Set<ChildProcess>()
const occupied = new Set<Server>()
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL')
  await Promise.all([...occupied].map((server) => new Promise((resolve) => server.close(resolve))))
  running.clear()
  occupied.clear()
})

function run(environment: Record<string, string>): Run {
  const { NODE_ENV: _test, ...inherited } = process.env
  const child = spawn(process.execPath, ['--input-type=module', '--eval', ENTRY], {
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let out = ''
  let err = ''
  child.stderr?.on('data', (chunk) => {
    err += chunk
  })
  const ready = new Promise<string>((resolve) => {
    child.stdout?.on('data', (chunk) => {
      out += chunk
      const line = out.split('\n').find((one) => one.startsWith('The MCP server is ready'))
      if (line) resolve(line)
    })
  })
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }))
  })
  return { process: child, ended, ready }
}

async function freePort(): Promise<Server> {
  const server = createServer()
  occupied.add(server)
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  return server
}

describe('start', () => {
  test('TR-03, SB-03: in development listens where the resource says, asks for a token, prints one line, and ends on a signal when all is closed', async () => {
    const { process: child, ready, ended } = run({ NODE_ENV: 'development', PORT: '0' })
    const line = await ready
    const [, port] = /\(listening on http:\/\/localhost:(\d+)\)$/.exec(line) ?? []
    expect(line).toContain('http://localhost:3000/mcp')
    expect((await fetch(`http://localhost:${port}/healthz`)).status).toBe(200)
    expect((await fetch(`http://localhost:${port}/mcp`, { method: 'POST' })).status).toBe(401)
    child.kill('SIGTERM')
    const { code, err } = await ended
    // Windows knows no SIGTERM: there the process just ends.
    if (process.platform !== 'win32') expect([code, err]).toEqual([0, 'services closed\n'])
  })

  test('tells a parent that has a channel to it where it listens, and ends all the same', async () => {
    const { NODE_ENV: _test, ...inherited } = process.env
    const child = spawn(process.execPath, ['--input-type=module', '--eval', ENTRY], {
      env: { ...inherited, NODE_ENV: 'development', HOST: '127.0.0.1', PORT: '0' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    running.add(child)
    const message = await new Promise<unknown>((resolve) => child.once('message', resolve))
    expect(message).toEqual({ type: 'listening', port: expect.any(Number) })
    const { port } = message as { port: number }
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
  })

  test('a configuration that is wrong is printed without a stack, and the exit code says so', async () => {
    const { code, err } = await run({}).ended
    expect(code).toBe(78)
    expect(err).toContain('MCP_RESOURCE is not set.')
    expect(err).toContain('MCP_AUTH_ISSUER is not set.')
    expect(err).not.toMatch(/\n\s+at /)
    const wrongPort = await run({ NODE_ENV: 'development', PORT: 'http' }).ended
    expect([wrongPort.code, wrongPort.err]).toEqual([78, expect.stringContaining('PORT: "http" is not a port.')])
    const all = await run({ PORT: 'http' }).ended
    expect(all.err).toContain('The server cannot start: 3 problems.')
    expect(all.err).toContain('PORT: "http" is not a port.')
    expect(all.err).toContain('Development values apply only if')
  })

  test('a port that is taken is named, with what to do', async () => {
    const server = await freePort()
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const { code, err } = await run({ NODE_ENV: 'development', PORT: String(port) }).ended
    expect(code).toBe(1)
    expect(err).toContain(`Port ${port} on localhost is taken`)
    expect(err).toContain('PORT')
    expect(err).not.toMatch(/\n\s+at /)
  })

  test('any other failure exits with 1', async () => {
    const { code, err } = await run({ NODE_ENV: 'development', PORT: '0', NO_DATABASE: '1' }).ended
    expect(code).toBe(1)
    expect(err).toContain('no database')
  })
})
