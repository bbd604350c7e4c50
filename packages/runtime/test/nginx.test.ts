import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { type RequestOptions, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { type FastifyInstance, fastify } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestIssuer, type TestIssuer } from '../../testing/src/issuer.js'
import { mcpPlugin } from '../src/index.js'
import { definitionOf } from './support/definition.js'
import { INITIALIZE, issuerPolicy } from './support/harness.js'
import { startNginx, type TemporaryNginx } from './support/nginx.js'

/** With a prefix in front of the endpoint. */
const RESOURCE = 'https://forecast.example.com/team/mcp'
const HOST = 'forecast.example.com'

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

describe('behind the nginx of the documentation, with TLS', () => {
  let nginx: TemporaryNginx | undefined
  let issuer: TestIssuer
  let app: FastifyInstance
  let seen: { readonly url: string | undefined; readonly ip: string; readonly headers: IncomingHttpHeaders }[] = []
  let goOn = (): void => {}

  beforeAll(async () => {
    issuer = await createTestIssuer({ audience: RESOURCE })
    const hello = { access: { access: 'authenticated' }, limits: { perMinute: 1 }, run: () => 'hello' } as const
    const definition = definitionOf({ resource: RESOURCE, issuers: [issuerPolicy(issuer, 'jwt')], tools: { hello } })
    app = fastify({ trustProxy: 'loopback', requestTimeout: 30_000 })
    app.addHook('onRequest', async ({ raw, ip, headers }) => void seen.push({ url: raw.url, ip, headers }))
    app.get('/events', (_request, reply) => {
      const held = new Promise<void>((resolve) => {
        goOn = resolve
      })
      const events = async function* (): AsyncGenerator<string> {
        yield 'data: first\n\n'
        await held
        yield 'data: last\n\n'
      }
      return reply.type('text/event-stream').send(Readable.from(events()))
    })
    app.get('/echo/*', () => 'seen')
    await app.register(mcpPlugin(definition), { environment: { NODE_ENV: 'test' } })
    await app.listen({ port: 0, host: '127.0.0.1' })
    nginx = await startNginx((app.server.address() as AddressInfo).port)
    if (nginx === undefined) console.warn('skipped: behind nginx, because no nginx or no openssl is installed')
  })
  afterAll(async () => {
    await nginx?.stop()
    await app.close()
    await issuer.stop()
  })

  function open(path: string, options: RequestOptions = {}, body?: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const { headers, ...rest } = options
      request({
        host: '127.0.0.1',
        port: nginx?.port,
        servername: HOST,
        ca: nginx?.certificate,
        agent: false,
        path,
        headers: { host: HOST, ...headers },
        ...rest,
      })
        .on('response', resolve)
        .on('error', reject)
        .end(body)
    })
  }

  async function ask(path: string, options?: RequestOptions, body?: string): Promise<Answer> {
    const response = await open(path, options, body)
    let text = ''
    for await (const chunk of response.setEncoding('utf8')) text += chunk
    return { status: response.statusCode ?? 0, headers: response.headers, text }
  }

  function post(body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const own = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'content-length': String(Buffer.byteLength(text)),
      ...headers,
    }
    return ask('/team/mcp', { method: 'POST', headers: own }, text)
  }

  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'hello', arguments: {} } }

  test('the metadata of a resource with a prefix is where clients look, and the challenge says where', async (context) => {
    if (nginx === undefined) return context.skip('no nginx is installed')
    const refused = await post(INITIALIZE)
    expect(refused.status).toBe(401)
    const metadata = `https://${HOST}/.well-known/oauth-protected-resource/team/mcp`
    expect(refused.headers['www-authenticate']).toContain(`resource_metadata="${metadata}"`)
    const { status, text } = await ask(new URL(metadata).pathname)
    expect([status, JSON.parse(text).resource]).toEqual([200, RESOURCE])
  })

  test('a call with a token is answered, as a stream where the revision has one', async (context) => {
    if (nginx === undefined) return context.skip('no nginx is installed')
    const authorization = `Bearer ${await issuer.issue({ subject: 'bob' })}`
    const { status, headers, text } = await post(call, { authorization })
    expect([status, headers['content-type']]).toEqual([200, 'text/event-stream'])
    expect(text).toContain('"text":"hello"')
  })

  test('another host is refused by the server: nginx passes on what was asked for', async (context) => {
    if (nginx === undefined) return context.skip('no nginx is installed')
    expect((await post(INITIALIZE, { host: 'evil.example' })).status).toBe(421)
    expect((await post(INITIALIZE, { host: `${HOST}:8443` })).status).toBe(401)
  })

  test('what a client says of where it comes from is replaced by where it does', async (context) => {
    if (nginx === undefined) return context.skip('no nginx is installed')
    seen = []
    await ask('/echo/a', { headers: { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.9' } })
    expect(seen[0]?.headers['x-forwarded-for']).toBe('127.0.0.1')
    expect(seen[0]?.ip).toBe('127.0.0.1')
  })

  test('a path arrives as it was typed', async (context) => {
    if (nginx === undefined) return context.skip('no nginx is installed')
    seen = []
    await ask('/echo/a%2Fb//c/%7Ed?x=%20&y=a+b')
    expect(seen[0]?.url).toBe('/echo/a%2Fb//c/%7Ed?x=%20&y=a+b')
  })

  test('a stream is passed on as it comes, and not when it ends', async (context) => {
    if (nginx === undefined) return context.skip('no nginx is installed')
    const response = await open('/events')
    let text = ''
    for await (const chunk of response.setEncoding('utf8')) {
      text += chunk
      // Held until the first event is here: with a buffer in between it would never be.
      if (text === 'data: first\n\n') goOn()
    }
    expect(text).toBe('data: first\n\ndata: last\n\n')
  })

  test('what is too large is refused by the server, in its own words', async (context) => {
    if (nginx === undefined) return context.skip('no nginx is installed')
    const authorization = `Bearer ${await issuer.issue()}`
    const { status, text } = await post(`{"a":"${'x'.repeat(1024 * 1024)}"}`, { authorization })
    expect([status, text]).toEqual([413, expect.stringContaining('The body is larger than 1048576 bytes')])
  })

  test('the answer of a limit arrives whole', async (context) => {
    if (nginx === undefined) return context.skip('no nginx is installed')
    const authorization = `Bearer ${await issuer.issue({ subject: 'eve' })}`
    expect((await post(call, { authorization })).status).toBe(200)
    const { status, headers } = await post(call, { authorization })
    expect([status, headers['ratelimit-policy'], Number(headers['retry-after']) > 0]).toEqual([
      429,
      '"tool";q=1;w=60',
      true,
    ])
  })
})
