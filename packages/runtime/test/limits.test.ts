import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request, STATUS_CODES } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createTestIssuer, type TestIssuer } from '../../testing/src/issuer.js'
import { fromWhom, howOften } from '../src/guard/pipeline.js'
import { ConfigurationError, type LimitsPolicy, serverFactory } from '../src/index.js'
import { Concurrency } from '../src/limits/concurrency.js'
import { addressKey } from '../src/limits/limit-key.js'
import { definitionOf, RESOURCE, type SampleTool } from './support/definition.js'
import {
  type Answer,
  createHarness,
  type Harness,
  type HarnessOptions,
  INITIALIZE,
  issuerPolicy,
  LEGACY,
  legacy,
  MODERN,
  modern,
  post,
} from './support/harness.js'

const ADA = '203.0.113.7'
const EVE = '198.51.100.66'

const whoami = { name: 'whoami', arguments: {} }

let harness: Harness | undefined
afterEach(async () => {
  await harness?.close()
  harness = undefined
})

async function open(options: HarnessOptions): Promise<Harness> {
  harness = await createHarness(options)
  return harness
}

async function times(count: number, ask: () => Promise<Answer>): Promise<number[]> {
  const statuses: number[] = []
  for (let index = 0; index < count; index += 1) statuses.push((await ask()).status)
  return statuses
}

const tool = (more: Partial<SampleTool> = {}): SampleTool => ({
  access: { access: 'authenticated' },
  run: () => 'done',
  ...more,
})

describe('a subject', () => {
  test('that asked as often as it may is told to wait, and until when', async () => {
    const { app, token, audits } = await open({ limits: { perSubject: 3 } })
    const ada = await token()
    expect(await times(3, () => modern(app, 'tools/list', {}, { token: ada }))).toEqual([200, 200, 200])
    audits()
    const refused = await modern(app, 'tools/call', whoami, { token: ada })
    expect([refused.status, refused.body]).toEqual([429, { error: 'too_many_requests' }])
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60)
    // draft-ietf-httpapi-ratelimit-headers-10
    expect(refused.headers['ratelimit-policy']).toBe('"subject";q=3;w=60')
    expect(refused.headers.ratelimit).toMatch(/^"subject";r=0;t=\d+$/)
    expect(refused.headers['www-authenticate']).toBeUndefined()
    expect(audits()).toMatchObject([
      { decision: 'refused', reason: 'rate-limited', quota: { limit: 'subject', most: 3 }, subject: 'ada' },
    ])
  })

  test('is told with every answer how much is left, and nothing of what is left to others', async () => {
    const { app, token } = await open({ limits: { perSubject: 5, perClient: 50 } })
    const ada = await token({ scopes: [] })
    const first = await modern(app, 'tools/list', {}, { token: ada, from: ADA })
    expect(first.headers['ratelimit-policy']).toBe('"subject";q=5;w=60')
    expect(first.headers.ratelimit).toMatch(/^"subject";r=4;t=60$/)
    // A refusal of something else says it, too.
    const second = await modern(app, 'tools/call', { name: 'delete_note', arguments: {} }, { token: ada, from: ADA })
    expect([second.status, second.headers.ratelimit]).toEqual([403, expect.stringMatching(/^"subject";r=3;t=\d+$/)])
  })

  test('has a count of its own, whatever client or address it uses', async () => {
    const { app, token } = await open({ limits: { perSubject: 2 } })
    const [ada, adaElsewhere, bob] = [
      await token(),
      await token({ clientId: 'another' }),
      await token({ subject: 'bob' }),
    ]
    expect((await modern(app, 'tools/list', {}, { token: ada, from: ADA })).status).toBe(200)
    expect((await modern(app, 'tools/list', {}, { token: adaElsewhere, from: EVE })).status).toBe(200)
    expect((await modern(app, 'tools/list', {}, { token: ada, from: ADA })).status).toBe(429)
    expect((await modern(app, 'tools/list', {}, { token: bob, from: ADA })).status).toBe(200)
  })

  test('that waited may ask again', async () => {
    const { app, token } = await open({ limits: { perSubject: 1 } })
    const ada = await token()
    const ask = async (): Promise<number> => (await modern(app, 'tools/list', {}, { token: ada })).status
    expect([await ask(), await ask()]).toEqual([200, 429])
    const now = Date.now()
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => now + 60_001)
    try {
      expect(await ask()).toBe(200)
    } finally {
      clock.mockRestore()
    }
  })

  test('is counted for every message of a batch', async () => {
    const { app, token, witness } = await open({ limits: { perSubject: 3 } })
    const ada = await token()
    const batch = [1, 2, 3, 4].map((id) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: whoami }))
    expect((await post(app, batch, { token: ada })).status).toBe(429)
    expect(witness.calls).toEqual([])
  })
})

describe('of two issuers', () => {
  test.each([
    ['subject', { perSubject: 1 }],
    ['client', { perClient: 1 }],
  ])('a %s of the same name is another one', async (_, limits) => {
    const [one, other] = await Promise.all([
      createTestIssuer({ audience: RESOURCE }),
      createTestIssuer({ audience: RESOURCE }),
    ])
    const issuers = [issuerPolicy(one, 'jwt'), issuerPolicy(other, 'jwt')]
    const { app, secret } = await open({ issuer: one, issuers, limits })
    const list = async (issuer: TestIssuer): Promise<number> =>
      (await modern(app, 'tools/list', {}, { token: secret(await issuer.issue()) })).status
    expect([await list(one), await list(one), await list(other), await list(other)]).toEqual([200, 429, 200, 429])
    await other.stop()
  })
})

describe('a client', () => {
  test('has a count for all of its users together', async () => {
    const { app, token } = await open({ limits: { perClient: 2 } })
    const [ada, bob, eve] = [
      await token({ subject: 'ada' }),
      await token({ subject: 'bob' }),
      await token({ subject: 'eve', clientId: 'another' }),
    ]
    expect((await modern(app, 'tools/list', {}, { token: ada })).status).toBe(200)
    expect((await modern(app, 'tools/list', {}, { token: bob })).status).toBe(200)
    const refused = await modern(app, 'tools/list', {}, { token: bob })
    expect([refused.status, refused.headers['ratelimit-policy']]).toEqual([429, '"client";q=2;w=60'])
    expect((await modern(app, 'tools/list', {}, { token: eve })).status).toBe(200)
  })
})

describe('an address', () => {
  test('whose tokens were refused often enough is refused before the next one is looked at', async () => {
    const { app, token, issuer } = await open({ form: 'opaque', limits: { refusedPerAddress: 3 } })
    const bad = (): Promise<Answer> => modern(app, 'tools/list', {}, { token: `wrong${Math.random()}`, from: EVE })
    expect(await times(3, bad)).toEqual([401, 401, 401])
    const asked = issuer.requests.introspection
    expect((await bad()).status).toBe(429)
    expect(issuer.requests.introspection).toBe(asked)
    // Others are not, and neither is somebody from there once the minute is over.
    const good = await token()
    expect((await modern(app, 'tools/list', {}, { token: good, from: ADA })).status).toBe(200)
    expect((await modern(app, 'tools/list', {}, { token: good, from: EVE })).status).toBe(429)
  })

  test('is not held responsible for clients that have no token yet, and for an issuer that is away', async () => {
    const { app, issuer, token } = await open({ form: 'opaque', limits: { refusedPerAddress: 1 } })
    expect(await times(5, () => post(app, INITIALIZE, { from: ADA }))).toEqual([401, 401, 401, 401, 401])
    const ada = await token()
    await issuer.stop()
    expect(await times(3, () => post(app, INITIALIZE, { token: ada, from: ADA }))).toEqual([503, 503, 503])
  })

  test('has a count for all requests together', async () => {
    const { app, token } = await open({ limits: { perAddress: 2 } })
    const [ada, bob] = [await token(), await token({ subject: 'bob' })]
    expect((await modern(app, 'tools/list', {}, { token: ada, from: ADA })).status).toBe(200)
    expect((await post(app, INITIALIZE, { from: ADA })).status).toBe(401)
    const refused = await modern(app, 'tools/list', {}, { token: bob, from: ADA })
    expect([refused.status, refused.headers['ratelimit-policy']]).toEqual([429, '"address";q=2;w=60'])
    expect((await modern(app, 'tools/list', {}, { token: bob, from: EVE })).status).toBe(200)
  })

  test('of this machine is not counted: everybody behind a proxy that was not declared would be one', async () => {
    const { app, token } = await open({ limits: { perAddress: 1, refusedPerAddress: 1 } })
    const ada = await token()
    for (const from of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1']) {
      expect(await times(3, () => modern(app, 'tools/list', {}, { token: ada, from }))).toEqual([200, 200, 200])
      expect(await times(3, () => modern(app, 'tools/list', {}, { token: 'wrong', from }))).toEqual([401, 401, 401])
    }
  })

  test('is what a proxy says only if the proxy was declared', async () => {
    const { app, token } = await open({ limits: { perAddress: 1 } })
    const ada = await token()
    const ask = (address: string): Promise<Answer> =>
      modern(
        app,
        'tools/list',
        {},
        { token: ada, from: EVE, headers: { 'x-forwarded-for': address, forwarded: `for=${address}` } },
      )
    // Whoever makes up an address each time gets no count for each.
    expect((await ask('192.0.2.1')).status).toBe(200)
    expect((await ask('192.0.2.2')).status).toBe(429)
    await harness?.close()

    const behind = await open({ limits: { perAddress: 1 }, server: { trustProxy: '10.0.0.0/8' } })
    const bob = await behind.token()
    const through = (from: string, forwarded: string): Promise<Answer> =>
      modern(behind.app, 'tools/list', {}, { token: bob, from, headers: { 'x-forwarded-for': forwarded } })
    expect((await through('10.1.2.3', '192.0.2.1')).status).toBe(200)
    expect((await through('10.1.2.3', '192.0.2.2')).status).toBe(200)
    expect((await through('10.1.2.3', '192.0.2.1')).status).toBe(429)
    // What the client itself put in front of what the proxy saw is not believed.
    expect((await through('10.1.2.3', '192.0.2.77, 192.0.2.2')).status).toBe(429)
    // Somebody who is not the proxy is who they are.
    expect((await through(EVE, '192.0.2.3')).status).toBe(200)
    expect((await through(EVE, '192.0.2.4')).status).toBe(429)
  })

  test.each([
    true,
    'true',
    '',
    '*',
    '1',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/8, 0.0.0.0/0',
    '0.0.0.0/1, 128.0.0.0/1',
    '::ffff:0:0/96',
    '2000::/3',
  ])('of whoever says so is refused at boot: trustProxy %j believes everybody', async (trustProxy) => {
    const started = serverFactory(definitionOf({ issuers: [ISSUER], tools: {} }))({
      environment: { NODE_ENV: 'test' },
      logger: false,
      trustProxy,
    })
    await expect(started).rejects.toThrow(ConfigurationError)
    await expect(started).rejects.toThrow('trustProxy')
  })

  test.each([
    ['2001:db8:1:2:aaaa::1', '2001:db8:1:2:bbbb::2', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['::ffff:203.0.113.7', '203.0.113.7', true],
    ['203.0.113.7', '203.0.113.8', false],
    ['203.0.113.7:4711', '203.0.113.7:4712', true],
    ['203.0.113.7:4711', '203.0.113.7', true],
    ['203.0.113.7:4711', '203.0.113.8:4711', false],
    ['[2001:db8:1:2::1]:4711', '2001:db8:1:2::2', true],
    ['[2001:db8:1:2::1]', '2001:db8:1:2::2', true],
    ['fe80::1%eth0', 'fe80::2%eth1', true],
    ['127.0.0.1:4711', '203.0.113.7', false],
    ['somebody', 'somebody else', true],
    ['somebody', '203.0.113.7', false],
  ])('%s and %s are one: %s', (one, other, same) => {
    expect(addressKey(one) === addressKey(other)).toBe(same)
  })
})

describe('a connection over a Unix socket', () => {
  test('has no address: it is of this machine, and is served', async () => {
    const { app, token, audits } = await open({ limits: { perAddress: 1, refusedPerAddress: 1 } })
    const folder = await mkdtemp(join(tmpdir(), 'mcp-secure-socket-'))
    const path = process.platform === 'win32' ? `\\\\.\\pipe\\mcp-secure-${process.pid}` : join(folder, 'mcp.sock')
    await app.listen({ path })
    const ask = (bearer: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const headers = {
          ...{ host: 'notes.example.com', authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
          ...{ accept: 'application/json, text/event-stream', connection: 'close' },
        }
        request({ socketPath: path, path: '/mcp', method: 'POST', headers }, (response) => {
          response.resume().once('end', () => resolve(response.statusCode ?? 0))
        })
          .once('error', reject)
          .end(JSON.stringify(INITIALIZE))
      })
    const ada = await token()
    expect([await ask(ada), await ask(ada), await ask('wrong'), await ask('wrong')]).toEqual([200, 200, 401, 401])
    expect(audits().map(({ decision }) => decision)).toEqual(['allowed', 'allowed', 'refused', 'refused'])
    await rm(folder, { recursive: true })
  })
})

describe('a tool', () => {
  const tools = { export: tool({ limits: { perMinute: 2 } }), cheap: tool() }
  const call = (name: string) => ({ name, arguments: {} })

  test('has a count of its own where the spec says so, for each subject', async () => {
    const { app, token, audits } = await open({ tools })
    const [ada, bob] = [await token(), await token({ subject: 'bob' })]
    const first = await modern(app, 'tools/call', call('export'), { token: ada })
    expect(first.headers['ratelimit-policy']).toBe('"subject";q=6000;w=60, "tool";q=2;w=60')
    expect(first.headers.ratelimit).toMatch(/"tool";r=1;t=60$/)
    expect((await modern(app, 'tools/call', call('export'), { token: ada })).status).toBe(200)
    audits()
    const refused = await modern(app, 'tools/call', call('export'), { token: ada })
    expect([refused.status, refused.headers['ratelimit-policy']]).toEqual([429, '"tool";q=2;w=60'])
    expect(audits()).toMatchObject([{ reason: 'rate-limited', item: 'export', subject: 'ada' }])
    expect((await modern(app, 'tools/call', call('cheap'), { token: ada })).status).toBe(200)
    expect((await modern(app, 'tools/call', call('export'), { token: bob })).status).toBe(200)
  })

  test('TO-19: that was called too often answers as the documentation shows', async () => {
    const { app, token } = await open({ tools: { export: tool({ limits: { perMinute: 1 } }) } })
    const ada = await token()
    const now = Date.now()
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => now)
    try {
      await modern(app, 'tools/call', call('export'), { token: ada })
      const { status, headers, text } = await modern(app, 'tools/call', call('export'), { token: ada })
      const shown = ['retry-after', 'ratelimit-policy', 'ratelimit', 'cache-control', 'content-type']
      const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...shown.map((name) => `${name}: ${headers[name]}`)]
      const file = new URL('../../../docs/examples/answers/rate-limited.http', import.meta.url)
      expect(`${head.join('\n')}\n\n${text}\n`).toBe((await readFile(file, 'utf8')).replaceAll('\r\n', '\n'))
    } finally {
      clock.mockRestore()
    }
  })

  test('that does not say has what the server says for every tool, each its own', async () => {
    const { app, token } = await open({ tools, limits: { perTool: 1 } })
    const ada = await token()
    const ask = (name: string) => async (): Promise<Answer> => modern(app, 'tools/call', call(name), { token: ada })
    expect(await times(2, ask('cheap'))).toEqual([200, 429])
    expect(await times(3, ask('export'))).toEqual([200, 200, 429])
  })

  test('is not spent by a call that is refused for something else', async () => {
    const scoped = {
      export: tool({ access: { access: 'scopes', scopes: ['notes:export'] }, limits: { perMinute: 1 } }),
    }
    const { app, token } = await open({ tools: scoped })
    const [without, withScope] = [await token({ scopes: ['notes:read'] }), await token({ scopes: ['notes:export'] })]
    expect(await times(3, () => modern(app, 'tools/call', call('export'), { token: without }))).toEqual([403, 403, 403])
    expect(await times(2, () => modern(app, 'tools/call', call('export'), { token: withScope }))).toEqual([200, 429])
  })

  test('is spent by every call of a batch, which is refused as a whole', async () => {
    const { app, token } = await open({ tools })
    const ada = await token()
    const batch = [1, 2, 3].map((id) => ({ jsonrpc: '2.0', id, method: 'tools/call', params: call('export') }))
    expect((await post(app, batch, { token: ada })).status).toBe(429)
  })

  test('that is public is limited by address, and from this machine for all together', async () => {
    const open1 = { about: tool({ access: { access: 'public' }, limits: { perMinute: 1 } }) }
    const { app } = await open({ tools: open1 })
    const ask = (from: string) => async (): Promise<Answer> => modern(app, 'tools/call', call('about'), { from })
    expect(await times(2, ask(ADA))).toEqual([200, 429])
    expect(await times(1, ask(EVE))).toEqual([200])
    expect(await times(2, ask('127.0.0.1'))).toEqual([200, 429])
  })
})

describe('a handler', () => {
  test('BA-23: that takes longer than it may is told to stop, and its client gets an error', async () => {
    let aborted: unknown
    const slow = tool({
      limits: { seconds: 1 },
      run: (_input, { signal }: { readonly signal: AbortSignal } & Record<string, unknown>) =>
        new Promise(() => signal.addEventListener('abort', () => (aborted = signal.reason))),
    })
    const { app, token, audits } = await open({ tools: { slow } })
    const ada = await token()
    for (const ask of [modern, legacy]) {
      aborted = undefined
      const { body } = await ask(app, 'tools/call', { name: 'slow', arguments: {} }, { token: ada })
      expect(body).toMatchObject({ error: { code: -32603, message: 'It did not end within 1 second.' } })
      expect(aborted).toBeInstanceOf(Error)
      expect(audits()).toMatchObject([{ tool: 'slow', outcome: 'timed-out', subject: 'ada' }])
    }
  })

  test('that fails after that harms nobody', async () => {
    const slow = tool({
      limits: { seconds: 1 },
      run: (_input, { signal }: { readonly signal: AbortSignal } & Record<string, unknown>) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => setImmediate(reject, new Error('later')))),
    })
    const { app, token } = await open({ tools: { slow } })
    const { body } = await modern(app, 'tools/call', { name: 'slow', arguments: {} }, { token: await token() })
    expect(body).toMatchObject({ error: { code: -32603 } })
  })
})

describe('at the same time', () => {
  test('a client of the older revisions that goes away keeps its place until the work is done', async () => {
    const { app, token, witness } = await open({ limits: { concurrentPerSubject: 1 } })
    const ada = await token()
    const base = await app.listen({ port: 0, host: '127.0.0.1' })
    const gone = new Promise((resolve) => app.server.once('connection', (socket) => socket.once('close', resolve)))
    const leaving = request(`${base}/mcp`, {
      method: 'POST',
      headers: {
        host: 'notes.example.com',
        authorization: `Bearer ${ada}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': LEGACY,
      },
    })
    leaving.on('error', () => {})
    leaving.end(
      JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'wait', arguments: {} } }),
    )
    await witness.waiting()
    leaving.destroy()
    const ask = async (): Promise<number> => (await modern(app, 'tools/call', whoami, { token: ada })).status
    await gone
    expect(await ask()).toBe(429)
    witness.finishWaiting()
    await vi.waitFor(async () => expect(await ask()).toBe(200))
  })

  test('a subject has as many requests in hand as it may, and a place is free when an answer is complete', async () => {
    const { app, token, witness, audits } = await open({ limits: { concurrentPerSubject: 1 } })
    const [ada, bob] = [await token(), await token({ subject: 'bob' })]
    const waiting = modern(app, 'tools/call', { name: 'wait', arguments: {} }, { token: ada })
    await witness.waiting()
    audits()
    const refused = await modern(app, 'tools/call', whoami, { token: ada })
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '1'])
    expect(audits()).toMatchObject([{ reason: 'too-many-at-once', limit: 1, subject: 'ada' }])
    expect((await modern(app, 'tools/call', whoami, { token: bob })).status).toBe(200)
    witness.finishWaiting()
    expect((await waiting).status).toBe(200)
    expect((await modern(app, 'tools/call', whoami, { token: ada })).status).toBe(200)
  })

  test.each([
    ['modern', MODERN],
    ['legacy', LEGACY],
  ])('an answer that nobody reads keeps its place until it is read, or its client gone: %s', async (era, version) => {
    // More than lies in the buffers of the connection.
    const large = tool({ run: () => 'x'.repeat(32 * 1024 * 1024) })
    const { app, token } = await open({ limits: { concurrentPerSubject: 1 }, tools: { large, cheap: tool() } })
    const ada = await token()
    const base = await app.listen({ port: 0, host: '127.0.0.1' })
    const envelope = {
      'io.modelcontextprotocol/protocolVersion': MODERN,
      'io.modelcontextprotocol/clientCapabilities': {},
    }
    const _meta = era === 'modern' ? { _meta: envelope } : {}
    const deaf = request(`${base}/mcp`, {
      method: 'POST',
      headers: {
        ...{ host: 'notes.example.com', authorization: `Bearer ${ada}`, 'content-type': 'application/json' },
        ...{ accept: 'application/json, text/event-stream', 'mcp-protocol-version': version },
        ...(era === 'modern' ? { 'mcp-method': 'tools/call', 'mcp-name': 'large' } : {}),
      },
    })
    deaf.on('error', () => {})
    deaf.end(
      JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: 'large', arguments: {}, ..._meta },
      }),
    )
    const [response] = await once(deaf, 'response')
    expect(response.statusCode).toBe(200)
    const ask = async (): Promise<number> =>
      (await modern(app, 'tools/call', { name: 'cheap', arguments: {} }, { token: ada })).status
    expect(await ask()).toBe(429)
    deaf.destroy()
    await vi.waitFor(async () => expect(await ask()).toBe(200))
  })

  test('a refused request leaves its place', async () => {
    const { app, token } = await open({ limits: { concurrentPerSubject: 1 } })
    const ada = await token({ scopes: [] })
    expect(await times(3, () => modern(app, 'tools/call', { name: 'delete_note' }, { token: ada }))).toEqual([
      403, 403, 403,
    ])
    expect(await times(2, () => post(app, '{', { token: ada }))).toEqual([400, 400])
  })

  test('leaving twice frees one place', () => {
    const concurrency = new Concurrency(2)
    const leave = concurrency.enter('ada')
    concurrency.enter('ada')
    leave?.()
    leave?.()
    expect([concurrency.enter('ada'), concurrency.enter('ada')]).toEqual([expect.any(Function), undefined])
  })
})

describe('the defaults', () => {
  test('do not disturb a matrix of tests: hundreds of calls by one subject, good and bad, from this machine', async () => {
    const { app, token } = await open({})
    const ada = await token()
    const statuses = new Set<number>()
    for (let index = 0; index < 700; index += 1) {
      statuses.add((await modern(app, 'tools/list', {}, { token: index % 2 === 0 ? ada : 'wrong' })).status)
    }
    expect([...statuses].sort()).toEqual([200, 401])
  })

  test('are in the pipeline before what they protect', () => {
    const rows = [...fromWhom.rows, ...howOften.rows]
    expect(rows.indexOf('address limit')).toBeLessThan(rows.indexOf('verify token'))
    expect(rows.indexOf('caller limit')).toBe(rows.indexOf('verify token') + 1)
  })
})

const ISSUER = { issuer: 'https://auth.example.com', tokens: { form: 'jwt', typ: 'at+jwt' } } as const

test.each([
  [{ perSubject: 0 }, 'perSubject'],
  [{ perSubject: -5 }, 'perSubject'],
  [{ perAddress: 1.5 }, 'perAddress'],
  [{ perClient: Number.POSITIVE_INFINITY }, 'perClient'],
  [{ concurrentPerSubject: Number.NaN }, 'concurrentPerSubject'],
  [{ refusedPerAddress: 1_000_001 }, 'refusedPerAddress'],
  [{ perUser: 5 }, 'perUser'],
])('the limits %j do not start', async (limits, name) => {
  const started = serverFactory(definitionOf({ issuers: [ISSUER], tools: {}, limits: limits as LimitsPolicy }))({
    environment: { NODE_ENV: 'test' },
    logger: false,
  })
  await expect(started).rejects.toThrow(ConfigurationError)
  await expect(started).rejects.toThrow(name)
})

test('a limit of a tool that is no number does not start', async () => {
  const started = serverFactory(
    definitionOf({ issuers: [ISSUER], tools: { export: tool({ limits: { perMinute: 0 } }) } }),
  )({
    environment: { NODE_ENV: 'test' },
    logger: false,
  })
  await expect(started).rejects.toThrow('A limit of the tool "export"')
})
