import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fastify } from 'fastify'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { ConfigurationError } from '../src/index.js'
import type { Metrics } from '../src/telemetry/metrics.js'
import { serveMetrics } from '../src/telemetry/serve-metrics.js'
import { createHarness, type Harness, INITIALIZE, legacy, modern, post } from './support/harness.js'

const TOKEN = 'a-token-of-the-metrics-0123456789'

let harness: Harness | undefined
afterEach(async () => {
  await harness?.close()
  harness = undefined
})

const folder = mkdtempSync(join(tmpdir(), 'mcp-secure-metrics-'))
afterAll(() => rmSync(folder, { recursive: true }))

function fileWith(text: string): string {
  const path = join(folder, `${Math.random()}`)
  writeFileSync(path, text)
  return path
}

async function open(environment: Readonly<Record<string, string>>): Promise<Harness> {
  harness = await createHarness({
    limits: { perTool: 2 },
    server: { environment: { NODE_ENV: 'test', ...environment } },
  })
  return harness
}

/** Where the log says that they are. */
function address({ log }: Harness): string {
  const [, url] = /metrics are at (http:\/\/[^"]+)/.exec(log()) ?? []
  if (url === undefined) throw new Error('the log does not say where metrics are')
  return url
}

async function read(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; text: string }> {
  const response = await fetch(url, { headers })
  return { status: response.status, text: await response.text() }
}

describe('metrics', () => {
  test('are nowhere unless somebody asks for them', async () => {
    harness = await createHarness()
    expect((await harness.app.inject({ url: '/metrics' })).statusCode).toBe(404)
  })

  test('on a port of their own count decisions by names of the spec', async () => {
    const { app, token, log } = await open({ METRICS_PORT: '0' })
    const url = address({ log } as Harness)
    const ada = await token({ scopes: ['notes:read'] })
    const call = (name: string) => modern(app, 'tools/call', { name, arguments: {} }, { token: ada })
    await call('read_notes')
    await call('read_notes')
    await call('read_notes')
    await call('delete_note')
    await call('crash')
    await legacy(app, 'tools/call', { name: 'made-up-by-a-client' }, { token: ada })
    await legacy(app, 'made/up', {}, { token: ada })
    await post(app, INITIALIZE)
    const { status, text } = await read(url)
    expect(status).toBe(200)
    expect(text).toContain('mcp_messages_total{method="tools/call",kind="tool",name="read_notes",outcome="answered"} 2')
    expect(text).toContain('mcp_messages_total{method="tools/call",kind="tool",name="crash",outcome="failed"} 1')
    expect(text).toContain('mcp_refusals_total{reason="rate-limited"} 1')
    expect(text).toContain('mcp_refusals_total{reason="insufficient-scope"} 1')
    expect(text).toContain('mcp_refusals_total{reason="token-missing"} 1')
    expect(text).toContain('mcp_message_duration_seconds_count{method="tools/call",kind="tool",name="read_notes"} 2')
    expect(text).toContain('mcp_requests_in_flight 0')
    expect(text).toContain('mcp_audit_lost_total 0')
    expect(text).toContain('process_cpu_seconds_total')
    // Nothing that a caller chooses, and nobody who calls.
    expect(text).not.toMatch(/made-up|made\/up|ada|test-client|127\.0\.0\.1/)
    expect(text).toContain('method="(other)"')
    // Not on the public port, too.
    expect((await app.inject({ url: '/metrics' })).statusCode).toBe(404)
    expect((await read(url.replace('/metrics', '/'))).status).toBe(404)
  })

  test('that cannot be read are answered with 500, and read the next time', async () => {
    const { app, log } = await open({})
    const reads = [new Error('a collector failed'), 'up 1\n']
    const metrics: Metrics = {
      began: () => () => {},
      decided() {},
      auditLost() {},
      exchanged() {},
      async read() {
        const text = reads.shift()
        if (typeof text !== 'string') throw text
        return { type: 'text/plain', text }
      },
    }
    const other = fastify({ loggerInstance: app.log })
    await serveMetrics(other, metrics, { host: '127.0.0.1', port: 0, token: undefined })
    const url = address({ log } as Harness)
    expect(await read(url)).toEqual({ status: 500, text: '' })
    expect(log()).toContain('a collector failed')
    expect(await read(url)).toEqual({ status: 200, text: 'up 1\n' })
    await other.close()
  })

  test('on a port of their own are closed to everybody without the token, where there is one', async () => {
    const { log, secret } = await open({ METRICS_PORT: '0', METRICS_TOKEN: TOKEN })
    secret(TOKEN)
    const url = address({ log } as Harness)
    expect((await read(url)).status).toBe(401)
    expect((await read(url, { authorization: `Bearer ${TOKEN}` })).status).toBe(200)
  })

  test('on the public port are closed to everybody without the token', async () => {
    const { app, secret, token } = await open({ METRICS_TOKEN: TOKEN })
    secret(TOKEN)
    const ask = async (authorization?: string): Promise<number> => {
      const headers = { host: 'notes.example.com', ...(authorization === undefined ? {} : { authorization }) }
      return (await app.inject({ url: '/metrics', headers })).statusCode
    }
    const wrong = [
      undefined,
      '',
      'Bearer',
      'Bearer ',
      `Bearer ${TOKEN}x`,
      `Bearer ${TOKEN.slice(1)}`,
      TOKEN,
      `Basic ${TOKEN}`,
    ]
    for (const authorization of wrong) expect([authorization, await ask(authorization)]).toEqual([authorization, 401])
    expect(await ask(`Bearer ${await token()}`)).toBe(401)
    expect(await ask(`Bearer ${TOKEN}`)).toBe(200)
    expect(await ask(`bearer ${TOKEN}`)).toBe(200)
  })

  test('count the records that a sink lost', async () => {
    harness = await createHarness({
      server: {
        environment: { NODE_ENV: 'test', METRICS_TOKEN: TOKEN },
        audit: () => {
          throw new Error('full')
        },
      },
    })
    const { app, token } = harness
    await modern(app, 'tools/list', {}, { token: await token() })
    const text = await vi.waitFor(async () => {
      const { payload } = await app.inject({ url: '/metrics', headers: { authorization: `Bearer ${TOKEN}` } })
      expect(payload).toContain('mcp_audit_lost_total 1')
      return payload
    })
    expect(text).toContain('mcp_messages_total')
  })

  test('are read with the token from the file that METRICS_TOKEN_FILE names', async () => {
    const { app, secret } = await open({ METRICS_TOKEN_FILE: fileWith(`${TOKEN}\n`) })
    secret(TOKEN)
    const { statusCode } = await app.inject({ url: '/metrics', headers: { authorization: `Bearer ${TOKEN}` } })
    expect(statusCode).toBe(200)
    expect((await app.inject({ url: '/metrics' })).statusCode).toBe(401)
  })

  test.each([
    [
      () => ({ METRICS_TOKEN: TOKEN, METRICS_TOKEN_FILE: fileWith(TOKEN) }),
      'METRICS_TOKEN and METRICS_TOKEN_FILE are both',
    ],
    [() => ({ METRICS_TOKEN_FILE: fileWith('hunter2') }), 'METRICS_TOKEN_FILE is shorter than 16 characters'],
    [() => ({ METRICS_TOKEN_FILE: '/nowhere/at/all' }), 'METRICS_TOKEN_FILE: /nowhere/at/all cannot be read (ENOENT).'],
    [
      () => ({ REDIS_URL: 'redis://a', REDIS_URL_FILE: fileWith('redis://b') }),
      'REDIS_URL and REDIS_URL_FILE are both set.',
    ],
    [() => ({ REDIS_URL_FILE: fileWith('http://:hunter2@a') }), 'REDIS_URL_FILE is not the address of a Redis server.'],
    [() => ({ MCP_STATE_SECRET_FILE: fileWith('hunter2') }), 'MCP_STATE_SECRET_FILE is too short'],
  ])('a file that does not hold the secret stops the start, and is not quoted: %#', async (environment, message) => {
    const started = open(environment() as Readonly<Record<string, string>>)
    await expect(started).rejects.toThrow(message)
    await expect(started).rejects.not.toThrow('hunter2')
  })

  test.each([
    [{ METRICS_PORT: 'http' }, 'METRICS_PORT: "http" is not a port.'],
    [{ METRICS_PORT: '70000' }, 'METRICS_PORT: "70000" is not a port.'],
    [{ METRICS_TOKEN: 'short' }, 'METRICS_TOKEN is shorter than 16 characters'],
    [{ METRICS_TOKEN: 'with a space in the middle' }, 'METRICS_TOKEN is shorter than 16 characters, or has some'],
    [{ METRICS_PORT: 'x', REDIS_URL: 'y', TRUST_PROXY: 'true' }, 'TRUST_PROXY: "true" cannot be used.'],
    [{ METRICS_PORT: 'x', REDIS_URL: 'y', TRUST_PROXY: '*' }, 'The server cannot start: 3 problems.'],
    [{ METRICS_PORT: 'x', REDIS_URL: 'y' }, 'REDIS_URL is not the address of a Redis server.'],
  ])('%j does not start', async (environment, message) => {
    const started = open(environment as Readonly<Record<string, string>>)
    await expect(started).rejects.toThrow(ConfigurationError)
    await expect(started).rejects.toThrow(message)
  })

  test('on a port that is taken do not start, and nothing is half up', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const where = taken.address()
    const port = typeof where === 'object' && where !== null ? where.port : 0
    await expect(open({ METRICS_PORT: String(port) })).rejects.toThrow(
      `METRICS_PORT: ${port} on 127.0.0.1 cannot be listened on`,
    )
    await new Promise((resolve) => taken.close(resolve))
  })
})
