import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport as StdioClientTransportV1 } from '@modelcontextprotocol/sdk/client/stdio.js'
import { afterEach, describe, expect, test } from 'vitest'

const program = join(import.meta.dirname, 'support', 'stdio-program.mjs')
const ADA = { MCP_STDIO_SUBJECT: 'ada', MCP_STDIO_SCOPES: 'notes:read' }

interface Started {
  readonly child: ChildProcessWithoutNullStreams
  readonly stdout: () => string
  readonly stderr: () => string
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>
  send(message: object): void
  /** Resolves when so many lines were written. */
  lines(count: number): Promise<readonly Record<string, unknown>[]>
}

const running: ChildProcessWithoutNullStreams[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

function start(environment: Readonly<Record<string, string>> = ADA, args: readonly string[] = []): Started {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [...args, program], { env: { PATH, ...environment } })
  running.push(child)
  let [stdout, stderr] = ['', '']
  const waiting = new Set<() => void>()
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    for (const look of waiting) look()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdin.on('error', () => {})
  const whole = (): string[] => stdout.split('\n').slice(0, -1)
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    ended: once(child, 'close').then(([code, signal]) => ({ code, signal })),
    send: (message) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`),
    lines: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (whole().length < count) return
          waiting.delete(look)
          resolve(whole().map((line) => JSON.parse(line)))
        }
        waiting.add(look)
        look()
      }),
  }
}

const INITIALIZE = {
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
}
const call = (id: number, name: string): object => ({ id, method: 'tools/call', params: { name, arguments: {} } })

describe('a server on stdio, as a process', () => {
  test('nothing but the protocol is on standard output, whatever the project prints', async () => {
    const server = start()
    server.send(INITIALIZE)
    server.send(call(1, 'talk'))
    await server.lines(2)
    server.child.stdin.end()
    expect(await server.ended).toEqual({ code: 0, signal: null })
    const lines = server.stdout().trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line)).map(({ jsonrpc, id }) => [jsonrpc, id])).toEqual([
      ['2.0', 0],
      ['2.0', 1],
    ])
    for (const text of [
      'printed while the project is loaded',
      'written while the project is loaded',
      'printed by a service',
      'printed by a handler',
      "{ printed: 'by a handler' }",
      'written by a handler',
      'logged by a handler',
      'the services were closed',
    ]) {
      expect(server.stderr()).toContain(text)
    }
  })

  test('no port is opened, and no connection made', async () => {
    const watching = `
      import net from 'node:net'
      for (const [who, what] of [[net.Server.prototype, 'listen'], [net.Socket.prototype, 'connect']]) {
        const own = who[what]
        who[what] = function (...args) { process.stderr.write('NETWORK ' + what + '\\n'); return own.apply(this, args) }
      }`
    const server = start(ADA, ['--import', `data:text/javascript,${encodeURIComponent(watching)}`])
    server.send(INITIALIZE)
    server.send(call(1, 'environment'))
    const [, answer] = await server.lines(2)
    expect(JSON.stringify(answer)).not.toMatch(/TCPSERVERWRAP|TCPServer|TCPSocket/i)
    server.child.stdin.end()
    await server.ended
    expect(server.stderr()).not.toContain('NETWORK')
  })

  test.each([
    ['a scope that there is not', { MCP_STDIO_SUBJECT: 'ada', MCP_STDIO_SCOPES: 'notes:delete' }, 'notes:delete'],
    ['scopes and no subject', { MCP_STDIO_SCOPES: 'notes:read' }, 'MCP_STDIO_SUBJECT is not set'],
    ['nobody at all', {}, 'Nothing of this server is public'],
  ])('%s: it says so on standard error, and ends with 78', async (_what, environment, text) => {
    const server = start(environment)
    expect(await server.ended).toEqual({ code: 78, signal: null })
    expect(server.stdout()).toBe('')
    expect(server.stderr()).toContain(text)
    expect(server.stderr()).not.toMatch(/\n\s+at /)
  })

  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it in good order', async (signal) => {
    const server = start()
    server.send(INITIALIZE)
    await server.lines(1)
    server.child.kill(signal)
    const ended = await server.ended
    // Windows has no signals: there it is ended, and not asked to.
    if (process.platform === 'win32') return
    expect(ended).toEqual({ code: 0, signal: null })
    expect(server.stderr()).toContain('the services were closed')
  })

  test('a call that never ends does not keep it', async () => {
    const server = start()
    server.send(INITIALIZE)
    server.send(call(1, 'hang'))
    server.send(call(2, 'environment'))
    await server.lines(2)
    server.child.stdin.end()
    expect(await server.ended).toEqual({ code: 0, signal: null })
    expect(server.stderr()).toContain('"outcome":"abandoned"')
  })

  test('a client that reads no more, and writes on: EPIPE', async () => {
    const server = start()
    server.send(INITIALIZE)
    await server.lines(1)
    server.child.stdout.destroy()
    server.send(call(1, 'environment'))
    server.send(call(2, 'environment'))
    expect(await server.ended).toEqual({ code: 0, signal: null })
  })

  test('a client that reads no more of the log', async () => {
    const server = start()
    server.child.stderr.destroy()
    server.send(INITIALIZE)
    for (const id of [1, 2, 3]) server.send(call(id, 'environment'))
    expect(await server.lines(4)).toHaveLength(4)
    server.child.stdin.end()
    expect(await server.ended).toEqual({ code: 0, signal: null })
  })

  test('no secret of a failure reaches the client', async () => {
    const server = start()
    server.send(INITIALIZE)
    server.send(call(1, 'fall'))
    await server.lines(2)
    expect(server.stdout()).not.toContain('hunter2')
    server.child.stdin.end()
    await server.ended
  })
})

describe('the official clients on stdio', () => {
  const parameters = {
    command: process.execPath,
    args: [program],
    env: { PATH: process.env.PATH ?? '', ...ADA },
    stderr: 'ignore' as const,
  }

  test('version 1', async () => {
    const client = new ClientV1({ name: 'test', version: '1.0.0' })
    await client.connect(new StdioClientTransportV1(parameters))
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual(['environment', 'fall', 'hang', 'talk', 'write'])
    expect((await client.callTool({ name: 'talk', arguments: {} })).content).toEqual([{ type: 'text', text: 'talked' }])
    await expect(client.callTool({ name: 'write', arguments: {} })).rejects.toMatchObject({ code: 403 })
    await client.close()
  })

  test.each(['auto', 'legacy'] as const)('version 2, %s', async (mode) => {
    const client = new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode } })
    await client.connect(new StdioClientTransport(parameters))
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual(['environment', 'fall', 'hang', 'talk', 'write'])
    expect((await client.callTool({ name: 'talk', arguments: {} })).content).toEqual([{ type: 'text', text: 'talked' }])
    await expect(client.callTool({ name: 'write', arguments: {} })).rejects.toMatchObject({
      code: 403,
      data: { error: 'insufficient_scope', missing: 'notes:write' },
    })
    await client.close()
  })
})
