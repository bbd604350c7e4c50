import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { createTestIssuer, type TestIssuer } from '../../testing/src/issuer.js'
import { startRedis, type TemporaryRedis } from '../../testing/src/redis.js'
import { INITIALIZE, LEGACY, MODERN } from './support/harness.js'
import { ask, balance, entryOf, type Instance, post, startInstance, stopInstances, times } from './support/instances.js'
import { type OpenAnswer, openAt } from './support/streams.js'

const SECRET = 'a secret that these processes have in common'
const ENTRY = entryOf(
  `{
  policy: {
    server: { name: 'notes', version: '1.0.0' },
    resource: 'https://notes.example.com/mcp',
    issuers: [{
      issuer: { env: 'ISSUER' },
      tokens: { form: 'opaque', introspection: { clientId: { env: 'CLIENT' }, clientSecret: { env: 'CLIENT_SECRET' } } },
    }],
    scopes: { 'notes:read': { description: 'Read', baseline: true, implies: [] } },
    tools: { say: { access: 'authenticated', uses: ['changes'] } },
    resources: { note: { uri: 'notes://{owner}', access: 'scopes', scopes: ['notes:read'], subscribe: true } },
  },
  schemas: {
    say: {
      description: 'Says that a resource changed',
      input: { schema: { type: 'object', properties: { uri: { type: 'string' } } }, wrapped: null },
      output: null,
    },
  },
  tools: { say: { input: any, run({ uri }, { changes }) { changes.resource(uri); return 'said' } } },
  resourceDescriptions: { note: { description: 'A note' } },
  resources: {
    note: {
      variables: { owner: any },
      subscribe: ({ owner }, { caller }) => owner === caller.subject || owner === 'everybody',
      read: ({ owner }) => owner,
    },
  },
}`,
  "const any = { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value }) } }",
)

let redis: TemporaryRedis
let issuer: TestIssuer
let isThere = false
const streams: OpenAnswer[] = []

beforeAll(async () => {
  const started = await startRedis()
  isThere = started !== undefined
  if (started === undefined) console.warn('skipped: what processes share, because no Redis is installed')
  else redis = started
  issuer = await createTestIssuer({ audience: 'https://notes.example.com/mcp' })
})
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.leave()
  issuer.answerIntrospection()
  await stopInstances()
  if (isThere) await redis.restart()
})
afterAll(async () => {
  await issuer.stop()
  if (isThere) await redis.stop()
})

async function startOne(more: Readonly<Record<string, string>> = {}): Promise<Instance> {
  const instance = await startInstance(ENTRY, {
    ISSUER: issuer.issuer,
    CLIENT: issuer.client.id,
    CLIENT_SECRET: issuer.client.secret,
    REDIS_URL: redis.url,
    MCP_STATE_SECRET: SECRET,
    ...more,
  })
  // It has asked the issuer once, to see whether it may.
  await instance.said('opaque tokens are verified by introspection')
  return instance
}

async function startTwo(more: Readonly<Record<string, string>> = {}): Promise<[Instance, Instance]> {
  return Promise.all([startOne(more), startOne(more)])
}

const token = (subject = 'ada'): Promise<string> =>
  issuer.issue({ form: 'opaque', subject, scopes: ['notes:read'], expiresIn: 600 })

async function inRedis<T>(work: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(redis.url)
  try {
    return await work(client)
  } finally {
    client.disconnect()
  }
}

async function ready(port: number): Promise<unknown> {
  return (await fetch(`http://127.0.0.1:${port}/readyz`)).json()
}

describe('two processes behind one balancer', () => {
  test('see a revocation as soon as one of them does', async (context) => {
    if (!isThere) return context.skip('no Redis is installed')
    const [one, other] = await startTwo()
    const port = await balance([one.port, other.port])
    const ada = await token()
    const before = issuer.requests.introspection
    expect(await times(4, () => ask(port, ada))).toEqual([200, 200, 200, 200])
    expect(issuer.requests.introspection - before).toBe(1)
    issuer.revoke(ada)
    // Both may believe it for 30 seconds. One asks sooner, as it does when the time is over:
    const keys = await inRedis((client) => client.keys('*:answer:*'))
    expect(keys).toHaveLength(1)
    await inRedis((client) => client.del(keys))
    expect(await ask(one.port, ada)).toBe(401)
    expect(await ask(other.port, ada)).toBe(401)
    expect(await times(4, () => ask(port, ada))).toEqual([401, 401, 401, 401])
  })

  test('let nobody in because of what somebody else wrote into the Redis', async (context) => {
    if (!isThere) return context.skip('no Redis is installed')
    const [one, other] = await startTwo()
    const [ada, mallory] = await Promise.all([token(), token('mallory')])
    const answers = (): Promise<string[]> => inRedis((client) => client.keys('*:answer:*'))
    expect(await ask(one.port, ada)).toBe(200)
    const [adas = ''] = await answers()
    expect(await ask(one.port, mallory)).toBe(200)
    const [mallorys = ''] = (await answers()).filter((key) => key !== adas)
    const answer = (await inRedis((client) => client.get(adas))) ?? ''
    const all = await inRedis((client) => client.keys('*'))
    for (const secret of [ada, mallory, 'ada', 'mallory', SECRET]) expect(`${all}${answer}`).not.toContain(secret)
    issuer.revoke(mallory)
    const claims = { active: true, sub: 'ada', client_id: 'c', aud: 'https://notes.example.com/mcp' }
    for (const forged of [answer, JSON.stringify({ claims, asked: Date.now() }), '']) {
      for (const { port } of [one, other]) {
        await inRedis((client) => client.set(mallorys, forged, 'PX', 60_000))
        expect([await ask(port, mallory), await ask(port, ada)]).toEqual([401, 200])
      }
    }
    for (const { log } of [one, other]) {
      expect(log()).toContain('was not written by a process of this server')
      expect(log()).not.toContain(mallory)
    }
  })

  test('find out together that the issuer is down, and that it is back', { timeout: 60_000 }, async (context) => {
    if (!isThere) return context.skip('no Redis is installed')
    const [one, other] = await startTwo()
    const known = await token()
    expect(await ask(one.port, known)).toBe(200)
    issuer.answerIntrospection({ status: 500, body: '' })
    const strangers = await Promise.all(Array.from({ length: 5 }, () => token()))
    for (const stranger of strangers) expect(await ask(one.port, stranger)).toBe(503)
    const before = issuer.requests.introspection
    const answer = await post(other.port, strangers[0] ?? '')
    expect([answer.status, answer.text]).toEqual([503, '{"error":"temporarily_unavailable"}'])
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
    expect(issuer.requests.introspection).toBe(before)
    // What is known serves.
    expect([await ask(one.port, known), await ask(other.port, known)]).toEqual([200, 200])
    issuer.answerIntrospection()
    await vi.waitFor(async () => expect(await ask(other.port, strangers[0] ?? '')).toBe(200), {
      timeout: 30_000,
      interval: 200,
    })
    expect(await ask(one.port, strangers[1] ?? '')).toBe(200)
  })

  test('decide on when the Redis is killed and comes back: what is revoked stays out, what is good comes in', async (context) => {
    if (!isThere) return context.skip('no Redis is installed')
    const [one, other] = await startTwo()
    const port = await balance([one.port, other.port])
    const [good, revoked] = await Promise.all([token(), token()])
    expect([await ask(port, good), await ask(port, revoked)]).toEqual([200, 200])
    expect(await ready(one.port)).toEqual({ status: 'ready', limits: 'shared', issuers: 'shared', changes: 'shared' })
    let stopped = false
    const wrong: string[] = []
    let decided = 0
    const traffic = async (): Promise<void> => {
      while (!stopped) {
        for (const [name, sent, right] of [
          ['good', good, 200],
          ['revoked', revoked, 401],
          ['nonsense', 'nonsense', 401],
        ] as const) {
          const status = await ask(port, sent)
          decided += 1
          if (status !== right) wrong.push(`${name}: ${status}`)
        }
      }
    }
    issuer.revoke(revoked)
    await inRedis((client) => client.flushall())
    expect(await ask(port, revoked)).toBe(401)
    const running = [traffic(), traffic()]
    const away = [one, other].map(({ says }) => says('the shared state is away'))
    await redis.kill()
    await Promise.all(away)
    const itself = 'each process for itself'
    expect(await ready(one.port)).toEqual({ status: 'ready', limits: itself, issuers: itself, changes: itself })
    const during = decided
    await vi.waitFor(() => expect(decided).toBeGreaterThan(during + 10), { timeout: 20_000 })
    const back = [one, other].map(({ says }) => says('the shared state is back'))
    await redis.restart()
    await Promise.all(back)
    const after = decided
    await vi.waitFor(() => expect(decided).toBeGreaterThan(after + 10), { timeout: 20_000 })
    stopped = true
    await Promise.all(running)
    expect(wrong).toEqual([])
    expect(await ready(other.port)).toMatchObject({ issuers: 'shared' })
    // Together again.
    const before = issuer.requests.introspection
    const stranger = await token()
    expect([await ask(one.port, stranger), await ask(other.port, stranger)]).toEqual([200, 200])
    expect(issuer.requests.introspection - before).toBe(1)
  })

  test('without a secret in common share limits and nothing that lets anybody in, and say so', async (context) => {
    if (!isThere) return context.skip('no Redis is installed')
    const [one, other] = await startTwo({ MCP_STATE_SECRET: '' })
    const ada = await token()
    const before = issuer.requests.introspection
    expect([await ask(one.port, ada), await ask(other.port, ada), await ask(one.port, ada)]).toEqual([200, 200, 200])
    expect(issuer.requests.introspection - before).toBe(2)
    const itself = 'each process for itself'
    expect(await ready(one.port)).toEqual({ status: 'ready', limits: 'shared', issuers: itself, changes: itself })
    expect(one.log()).toContain('REDIS_URL is set and MCP_STATE_SECRET is not')
    expect(await inRedis((client) => client.keys('*:answer:*'))).toEqual([])
  })

  test('with different secrets believe nothing of each other', async (context) => {
    if (!isThere) return context.skip('no Redis is installed')
    const [one, other] = [await startOne(), await startOne({ MCP_STATE_SECRET: `${SECRET}, but another` })]
    const ada = await token()
    const before = issuer.requests.introspection
    expect([await ask(one.port, ada), await ask(other.port, ada)]).toEqual([200, 200])
    expect(issuer.requests.introspection - before).toBe(2)
  })
})

const say = (port: number, sent: string, uri: string): ReturnType<typeof post> =>
  post(
    port,
    sent,
    { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'say', arguments: { uri } } },
    { 'mcp-protocol-version': LEGACY },
  )

async function listen(port: number, sent: string, uris: readonly string[]): Promise<OpenAnswer> {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': MODERN,
    'io.modelcontextprotocol/clientCapabilities': {},
  }
  const params = { notifications: { resourceSubscriptions: uris }, _meta }
  const stream = await openAt(port, sent, {
    body: { jsonrpc: '2.0', id: 7, method: 'subscriptions/listen', params },
    headers: { 'mcp-protocol-version': MODERN, 'mcp-method': 'subscriptions/listen' },
  })
  streams.push(stream)
  expect((await stream.next()).method).toBe('notifications/subscriptions/acknowledged')
  return stream
}

describe('a change that is said to one of two processes', () => {
  test('is told to the subscribers of both, once, and to those alone who may know', async (context) => {
    if (!isThere) return context.skip('no Redis is installed')
    const [one, other] = await startTwo()
    const [ada, grace] = await Promise.all([token('ada'), token('grace')])
    const uris = ['notes://ada', 'notes://grace', 'notes://everybody']
    const [here, there, hers] = [
      await listen(one.port, ada, uris),
      await listen(other.port, ada, uris),
      await listen(other.port, grace, uris),
    ]
    for (const uri of ['notes://ada', 'notes://nobody', 'notes://ada', 'notes://everybody']) {
      expect((await say(one.port, grace, uri)).status).toBe(200)
    }
    const uriOf = async (stream: OpenAnswer): Promise<string> => (await stream.next()).params.uri
    for (const stream of [here, there]) {
      expect([await uriOf(stream), await uriOf(stream), await uriOf(stream)].sort()).toEqual([
        'notes://ada',
        'notes://ada',
        'notes://everybody',
      ])
    }
    expect(await uriOf(hers)).toBe('notes://everybody')
  })

  test('is told to the subscriptions of sessions at the other, too', async (context) => {
    if (!isThere) return context.skip('no Redis is installed')
    const [one, other] = await startTwo()
    const ada = await token('ada')
    const opened = await post(other.port, ada)
    const session = { 'mcp-session-id': String(opened.headers['mcp-session-id']), 'mcp-protocol-version': LEGACY }
    await post(other.port, ada, { jsonrpc: '2.0', method: 'notifications/initialized' }, session)
    const subscribe = { jsonrpc: '2.0', id: 2, method: 'resources/subscribe', params: { uri: 'notes://ada' } }
    expect((await post(other.port, ada, subscribe, session)).status).toBe(200)
    const stream = await openAt(other.port, ada, { method: 'GET', headers: session })
    streams.push(stream)
    await say(one.port, ada, 'notes://ada')
    await vi.waitFor(async () => expect(await stream.next()).toMatchObject({ params: { uri: 'notes://ada' } }))
  })

  test('is told again when the Redis was away and is back; a forged one is told to nobody', async (context) => {
    if (!isThere) return context.skip('no Redis is installed')
    const [one, other] = await startTwo()
    const ada = await token('ada')
    const stream = await listen(other.port, ada, ['notes://ada', 'notes://everybody'])
    const back = [one, other].map(({ says }) => says('the shared state is back'))
    await redis.restart()
    await Promise.all(back)
    const channels = async (): Promise<unknown[]> =>
      inRedis(async (client) => (await client.pubsub('CHANNELS')) as unknown[])
    await vi.waitFor(async () => {
      const [channel] = await channels()
      expect(await inRedis(async (client) => client.pubsub('NUMSUB', String(channel)))).toEqual([channel, 2])
    })
    const [channel] = await channels()
    const forged = JSON.stringify({ from: 'x', change: { what: 'resource', uri: 'notes://ada' } })
    expect(await inRedis((client) => client.publish(String(channel), forged))).toBe(2)
    await say(one.port, ada, 'notes://everybody')
    expect((await stream.next()).params.uri).toBe('notes://everybody')
    await vi.waitFor(() => expect(other.log()).toContain('was not written by a process of this server'))
  })
})

describe('a session that was opened at one of two processes', () => {
  test('is none at the other: its client is told to begin anew, and nobody else gets it', async (context) => {
    if (!isThere) return context.skip('no Redis is installed')
    const [one, other] = await startTwo()
    const [ada, grace] = await Promise.all([token('ada'), token('grace')])
    const opened = await post(one.port, ada)
    const id = String(opened.headers['mcp-session-id'])
    expect(id).toMatch(/^[\x21-\x7e]{32,}$/)
    const headers = { 'mcp-session-id': id, 'mcp-protocol-version': LEGACY }
    const ping = { jsonrpc: '2.0', id: 3, method: 'ping' }
    expect((await post(one.port, ada, ping, headers)).status).toBe(200)
    expect((await post(other.port, ada, ping, headers)).status).toBe(404)
    for (const { port } of [one, other]) expect((await post(port, grace, ping, headers)).status).toBe(404)
    expect((await post(other.port, ada, INITIALIZE)).status).toBe(200)
  })
})
