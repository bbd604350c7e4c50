import { request as httpRequest, type RequestOptions } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createTestIssuer } from '../../testing/src/issuer.js'
import { type IssuerPolicy, mcpPlugin, serverFactory } from '../src/index.js'
import { definitionOf, Gate, RESOURCE, sampleTools } from './support/definition.js'
import { createHarness, type Harness, issuerPolicy, LEGACY, legacy, MODERN, modern } from './support/harness.js'

const ISSUER: IssuerPolicy = { issuer: 'http://127.0.0.1', tokens: { form: 'jwt', typ: 'at+jwt' } }

let harness: Harness | undefined
afterEach(async () => {
  vi.useRealTimers()
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

test('a client that goes away while its token is verified leaves a record, and calls nothing', async () => {
  harness = await createHarness({ form: 'opaque' })
  const release = harness.issuer.holdIntrospection()
  const { outgoing, gone } = await callWait(harness, MODERN)
  const { issuer, app } = harness
  // Its own, and the one by which the server tries the issuer out when it listens.
  await vi.waitFor(() => expect(issuer.requests.introspection).toBe(2))
  outgoing.destroy()
  await gone
  release()
  const records: unknown[] = []
  await vi.waitFor(() => {
    records.push(...(harness?.audits() ?? []))
    expect(records).toMatchObject([{ decision: 'refused', reason: 'body-incomplete' }])
  })
  await app.close()
  expect(harness.witness.calls).toEqual([])
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

  test('gives up on what ignores it: 503 in the newer era, a cut connection in the older, and the app closes', async () => {
    const begun: string[] = []
    const events: string[] = []
    const stuck = {
      access: { access: 'authenticated' as const },
      run: (_input: unknown, { request }: { request: { protocolVersion: string } }) => {
        begun.push(request.protocolVersion)
        return new Promise<never>(() => {})
      },
    }
    const services = { open: () => ({}), close: () => void events.push('close') }
    harness = await createHarness({ tools: { stuck }, services })
    const { app } = harness
    const token = await harness.token()
    expect((await modern(app, 'tools/list', {}, { token })).status).toBe(200)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const newer = modern(app, 'tools/call', { name: 'stuck' }, { token })
    const older = legacy(app, 'tools/call', { name: 'stuck' }, { token }).then(
      () => 'answered',
      () => 'cut',
    )
    await vi.waitUntil(() => begun.length === 2)
    const closed = app.close()
    await vi.advanceTimersByTimeAsync(8_000)
    expect([(await newer).status, (await newer).body]).toEqual([503, { error: 'temporarily_unavailable' }])
    expect(events).toEqual([])
    await vi.advanceTimersByTimeAsync(1_000)
    vi.useRealTimers()
    expect(await older).toBe('cut')
    await closed
    expect(events).toEqual(['close'])
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

  test('g1: a body that a hook of the app has read is 400, and nobody waits for it', async () => {
    const issuer = await createTestIssuer({ audience: RESOURCE })
    const { fastify } = await import('fastify')
    const { Readable } = await import('node:stream')
    const app = fastify()
    app.addHook('preParsing', async (_request, _reply, payload) => {
      const chunks: Buffer[] = []
      for await (const chunk of payload) chunks.push(Buffer.from(chunk))
      return Readable.from([Buffer.concat(chunks)])
    })
    const definition = definitionOf({ issuers: [issuerPolicy(issuer, 'jwt')], tools: {} })
    await app.register(mcpPlugin(definition), { environment: { NODE_ENV: 'test' } })
    const answer = await modern(app, 'tools/list', {}, { token: await issuer.issue() })
    expect([answer.status, answer.body.error.code]).toEqual([400, -32700])
    await app.close()
    await issuer.stop()
  })

  test('closes the services that it opened when it does not fit into the app', async () => {
    const { fastify } = await import('fastify')
    const app = fastify()
    const events: string[] = []
    const services = { open: () => events.push('open'), close: () => void events.push('close') }
    const definition = definitionOf({ issuers: [ISSUER], tools: {}, services })
    app.post('/mcp', () => 'mine')
    app.register(mcpPlugin(definition), { environment: { NODE_ENV: 'test' } })
    await expect(app.ready()).rejects.toThrow(/already declared/)
    await app.close()
    expect(events).toEqual(['open', 'close'])
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

test.each([
  ['resources/read', { uri: 'notes://7' }],
  ['resources/list', {}],
  ['prompts/get', { name: 'wait' }],
  ['completion/complete', { ref: { type: 'ref/resource', uri: 'notes://{id}' }, argument: { name: 'id', value: '' } }],
])('a shutdown waits for %s like for a tool, before it closes the services', async (method, params) => {
  const events: string[] = []
  const gate = new Gate()
  const wait =
    (result: unknown) =>
    async (...given: { signal?: AbortSignal }[]): Promise<unknown> => {
      gate.begun(given.at(-1)?.signal ?? AbortSignal.abort())
      await gate.opened
      events.push('answered')
      return result
    }
  const access = { access: 'authenticated' as const }
  const schema = { '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) } }
  const note = { variables: { id: schema }, list: wait([]), complete: { id: wait([]) }, read: wait('text') }
  harness = await createHarness({
    services: { open: () => ({}), close: () => void events.push('closed') },
    offers: {
      resources: { note: { uri: 'notes://{id}', access, module: note } },
      prompts: { wait: { access, module: { run: wait('text') } } },
    },
  })
  const answer = modern(harness.app, method, params, { token: await harness.token() })
  const signal = await gate.began
  const closed = harness.app.close()
  expect(signal.aborted).toBe(false)
  gate.open()
  expect((await answer).body).toHaveProperty('result')
  await closed
  expect(events).toEqual(['answered', 'closed'])
})
