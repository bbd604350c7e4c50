import { request as httpRequest, type RequestOptions } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createTestIssuer } from '../../testing/src/issuer.js'
import { mcpPlugin, serverFactory } from '../src/index.js'
import { definitionOf, Gate, RESOURCE, sampleTools } from './support/definition.js'
import { createHarness, type Harness, issuerPolicy, LEGACY, MODERN, modern } from './support/harness.js'

let harness: Harness | undefined
afterEach(async () => {
  await harness?.close()
  harness = undefined
})

describe('a client that goes away', () => {
  test('TR-45: cancels the call in the newer era', async () => {
    harness = await createHarness()
    const { outgoing, gone } = await callWait(harness, MODERN)
    const signal = await harness.gate.began
    const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
    outgoing.destroy()
    await Promise.all([aborted, gone])
    const closed = harness.app.close()
    harness.gate.open()
    await closed
    expect(harness.witness.calls).toMatchObject([{ tool: 'wait', context: { aborted: true } }])
    expect(harness.audits()).toMatchObject([{ tool: 'wait', outcome: 'abandoned' }])
  })

  test('TL-20: does not cancel it in the older one', async () => {
    harness = await createHarness()
    const { outgoing, gone } = await callWait(harness, LEGACY)
    await harness.gate.began
    outgoing.destroy()
    await gone
    harness.gate.open()
    await harness.app.close()
    expect(harness.witness.calls).toMatchObject([{ tool: 'wait', context: { aborted: false } }])
    expect(harness.audits()).toMatchObject([{ tool: 'wait', outcome: 'answered' }])
  })
})

describe('a shutdown', () => {
  test('answers what it took, then closes the services, once', async () => {
    const events: string[] = []
    harness = await createHarness({
      services: {
        open: () => {
          events.push('open')
          return { name: 'db' }
        },
        close: (services: { name: string }) => {
          events.push(`close ${services.name}`)
        },
      },
    })
    const { app, gate } = harness
    const answer = modern(app, 'tools/call', { name: 'wait' }, { token: await harness.token() })
    await gate.began
    const closed = app.close()
    events.push('closing')
    // A shutdown that did not wait would be over after so many turns.
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    events.push('answering')
    gate.open()
    expect((await answer).body.result.content[0].text).toBe('waited')
    await closed
    await app.close()
    expect(events).toEqual(['open', 'closing', 'answering', 'close db'])
  })

  test('does not start if a service cannot be opened', async () => {
    const issuer = await createTestIssuer({ audience: RESOURCE })
    const services = {
      open: () => {
        throw new Error('no database')
      },
    }
    await expect(createHarness({ issuer, services })).rejects.toThrow('no database')
    await issuer.stop()
  })
})

describe('the plugin in somebody else’s app', () => {
  test('g1: leaves every other route as it was', async () => {
    const issuer = await createTestIssuer({ audience: RESOURCE })
    const { fastify } = await import('fastify')
    const app = fastify()
    const gate = new Gate()
    const witness = { calls: [], waiting: () => gate.began, finishWaiting: () => gate.open() }
    const definition = definitionOf({ issuers: [issuerPolicy(issuer, 'jwt')], tools: sampleTools(witness, gate) })
    app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
      done(null, { parsedByTheApp: JSON.parse(String(body)) })
    })
    app.addContentTypeParser('text/csv', { parseAs: 'string' }, (_request, body, done) => done(null, { csv: body }))
    app.setErrorHandler((error, _request, reply) => reply.code(418).send({ app: (error as Error).message }))
    app.addHook('onSend', async (_request, reply) => {
      reply.header('x-app', 'yes')
    })
    app.post('/echo', (request) => request.body)
    app.get('/fails', () => {
      throw new Error('teapot')
    })
    await app.register(mcpPlugin(definition), { environment: { NODE_ENV: 'test' } })
    app.get('/later', () => ({ later: true }))

    const evil = { host: 'other.example', origin: 'https://evil.example' }
    const echo = await app.inject({ method: 'POST', url: '/echo', headers: evil, payload: { a: 1 } })
    expect([echo.statusCode, echo.json()]).toEqual([200, { parsedByTheApp: { a: 1 } }])
    expect(echo.headers).not.toHaveProperty('access-control-allow-origin')
    expect(echo.headers).not.toHaveProperty('vary')
    const csv = await app.inject({
      method: 'POST',
      url: '/echo',
      headers: { 'content-type': 'text/csv' },
      payload: 'a,b',
    })
    expect(csv.json()).toEqual({ csv: 'a,b' })
    const xml = await app.inject({
      method: 'POST',
      url: '/echo',
      headers: { 'content-type': 'text/xml' },
      payload: '<a/>',
    })
    expect(xml.statusCode).toBe(418)
    expect((await app.inject('/fails')).json()).toEqual({ app: 'teapot' })
    expect((await app.inject('/later')).json()).toEqual({ later: true })
    expect((await app.inject('/nowhere')).statusCode).toBe(404)
    expect((await app.inject('/healthz')).statusCode).toBe(404)

    const answer = await modern(app, 'tools/call', { name: 'whoami' }, { token: await issuer.issue() })
    expect(answer.status).toBe(200)
    expect((await modern(app, 'tools/list')).status).toBe(401)
    const broken = await app.inject({
      method: 'POST',
      url: '/mcp',
      headers: {
        host: 'notes.example.com',
        'content-type': 'application/json',
        authorization: `Bearer ${await issuer.issue()}`,
      },
      payload: '{',
    })
    expect([broken.statusCode, broken.json().error.code]).toEqual([400, -32700])
    await app.close()
    await issuer.stop()
  })

  test('says why it takes no prefix', async () => {
    const { fastify } = await import('fastify')
    const app = fastify()
    const definition = definitionOf({ issuers: [], tools: {} })
    await expect(app.register(mcpPlugin(definition), { prefix: '/api' })).rejects.toThrow(
      /register it without a prefix/,
    )
  })

  test('two servers fit into one app', async () => {
    const issuer = await createTestIssuer({ audience: RESOURCE })
    const { fastify } = await import('fastify')
    const app = fastify()
    for (const resource of [RESOURCE, 'https://notes.example.com/other']) {
      const definition = definitionOf({ issuers: [issuerPolicy(issuer, 'jwt')], tools: {}, resource })
      await app.register(mcpPlugin(definition), { environment: { NODE_ENV: 'test' } })
    }
    const token = await issuer.issue()
    expect((await modern(app, 'tools/list', {}, { token })).status).toBe(200)
    expect((await modern(app, 'tools/list', {}, { token, url: '/other' })).status).toBe(401)
    const metadata = await app.inject('/.well-known/oauth-protected-resource/other')
    expect(metadata.json().resource).toBe('https://notes.example.com/other')
    await app.close()
    await issuer.stop()
  })
})

test('what somebody logs about a request keeps its secrets', async () => {
  const lines: string[] = []
  const issuer = await createTestIssuer({ audience: RESOURCE })
  const stream = { write: (line: string) => lines.push(line) }
  const definition = definitionOf({ issuers: [issuerPolicy(issuer, 'jwt')], tools: {} })
  const app = await serverFactory(definition)({
    environment: { NODE_ENV: 'test' },
    logger: { level: 'trace', stream, redact: ['mine'], serializers: { req: (request: object) => request } as never },
  })
  const headers = { authorization: 'Bearer s3cret', cookie: 's3cret', 'set-cookie': 's3cret' }
  app.log.info(
    { headers, req: { method: 'GET', url: '/a?token=s3cret', headers }, res: { headers }, mine: 's3cret' },
    'seen',
  )
  expect(lines.join('')).toContain('seen')
  expect(lines.join('')).not.toContain('s3cret')
  await app.close()
  await issuer.stop()
})

async function callWait(
  { app, token }: Harness,
  version: string,
): Promise<{ outgoing: ReturnType<typeof httpRequest>; gone: Promise<void> }> {
  await app.listen({ port: 0, host: '127.0.0.1' })
  const modernHeaders = version === MODERN ? { 'mcp-method': 'tools/call', 'mcp-name': 'wait' } : {}
  const options: RequestOptions = {
    port: (app.server.address() as AddressInfo).port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/mcp',
    headers: {
      host: 'notes.example.com',
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${await token()}`,
      'mcp-protocol-version': version,
      ...modernHeaders,
    },
  }
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': version,
    'io.modelcontextprotocol/clientCapabilities': {},
  }
  const params = { name: 'wait', ...(version === MODERN ? { _meta } : {}) }
  const gone = new Promise<void>((resolve) => {
    app.server.once('connection', (socket) => socket.once('close', () => resolve()))
  })
  const outgoing = httpRequest(options)
  outgoing.on('error', () => {}).end(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }))
  return { outgoing, gone }
}
