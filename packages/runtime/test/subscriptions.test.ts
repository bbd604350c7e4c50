import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import type { Changes } from '../src/index.js'
import type { SampleOptions } from './support/definition.js'
import {
  createHarness,
  type Harness,
  INITIALIZE,
  LEGACY,
  legacy,
  MODERN,
  parseChallenge,
  post,
} from './support/harness.js'
import { type OpenAnswer, open } from './support/streams.js'

let begun: (signal: AbortSignal) => void
/** Resolves when the tool `work` has begun. */
const working = new Promise<AbortSignal>((resolve) => {
  begun = resolve
})
let finishWork: () => void
const finished = new Promise<void>((resolve) => {
  finishWork = resolve
})

/** How often `slow` was asked who may know of it, which it says when the gate is open. */
let asking = 0
let openGate = (): void => {}
const gate = new Promise<void>((resolve) => {
  openGate = resolve
})

/** Whose note is whose; what a test changes, it changes here. */
const owners = new Map<string, string>()
let changes: Changes

interface Asked {
  readonly caller: { readonly subject: string }
}

function offers(): Required<Pick<SampleOptions, 'offers' | 'services' | 'tools'>> {
  return {
    services: {
      open(boot) {
        changes = boot.changes
        return {}
      },
    },
    offers: {
      resources: {
        note: {
          uri: 'notes://note/{id}',
          access: { access: 'scopes', scopes: ['notes:read'], subscribe: true },
          module: {
            variables: { id: z.string().max(10) },
            subscribe({ id }: { id: string }, { caller }: Asked) {
              if (id === 'broken') throw new Error('password=hunter2')
              return owners.get(id) === caller.subject
            },
            read: ({ id }: { id: string }) => id,
          },
        },
        all: {
          uri: 'notes://all',
          access: { access: 'scopes', scopes: ['notes:read'], subscribe: true },
          module: { subscribe: true, read: () => 'all' },
        },
        plan: {
          uri: 'notes://plan',
          access: { access: 'scopes', scopes: ['notes:write'], subscribe: true },
          module: { subscribe: true, read: () => 'plan' },
        },
        vault: {
          uri: 'notes://vault',
          access: { access: 'scopes', scopes: ['notes:write'], whenDenied: 'hide', subscribe: true },
          module: { subscribe: true, read: () => 'vault' },
        },
        diary: {
          uri: 'notes://diary',
          access: { access: 'scopes', scopes: ['notes:read'], authorize: true, subscribe: true },
          module: {
            authorize: ({ caller }: Asked) => owners.get('diary') === caller.subject,
            subscribe: true,
            read: () => 'diary',
          },
        },
        news: {
          uri: 'notes://news',
          access: { access: 'authenticated', subscribe: true },
          module: { subscribe: true, read: () => 'news' },
        },
        slow: {
          uri: 'notes://slow/{id}',
          access: { access: 'authenticated', subscribe: true },
          module: {
            variables: { id: z.string() },
            async subscribe() {
              asking += 1
              await gate
              return true
            },
            read: () => 'slow',
          },
        },
        still: {
          uri: 'notes://still',
          access: { access: 'scopes', scopes: ['notes:read'] },
          module: { read: () => 'still' },
        },
      },
      prompts: {},
    },
    tools: {
      say: {
        access: { access: 'authenticated', uses: ['changes'] },
        input: z.object({ what: z.enum(['resourceList', 'toolList', 'promptList']) }),
        run({ what }: { what: 'toolList' }, context: unknown) {
          ;(context as { changes: Changes }).changes[what]()
          return 'said'
        },
      },
      ask: {
        access: { access: 'authenticated', uses: ['elicitation'] },
        async run(_input: unknown, context: unknown) {
          const params = {
            message: 'Who?',
            requestedSchema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
          }
          const asking = context as { ask(questions: object): Promise<unknown> }
          return JSON.stringify(await asking.ask({ who: { kind: 'elicitation', mode: 'form', params } }))
        },
      },
      work: {
        access: { access: 'authenticated', uses: ['polling'] },
        async run(_input: unknown, context: unknown) {
          begun((context as { signal: AbortSignal }).signal)
          await finished
          return 'done'
        },
      },
      leave: {
        access: { access: 'authenticated', uses: ['polling'] },
        run(_input: unknown, context: unknown) {
          ;(context as { hangUp(): void }).hangUp()
          return 'for whoever comes back'
        },
      },
    },
  }
}

let harness: Harness
let ada: string
let grace: string
let low: string
const streams: OpenAnswer[] = []

beforeAll(async () => {
  harness = await createHarness({ ...offers(), server: { allowedHosts: ['127.0.0.1'] } })
  await harness.app.listen({ host: '127.0.0.1', port: 0 })
  ada = await harness.token({ scopes: ['notes:read'], subject: 'ada' })
  grace = await harness.token({ scopes: ['notes:read'], subject: 'grace' })
  low = await harness.token({ subject: 'ada' })
})
beforeEach(() => {
  owners.clear()
  owners.set('adas', 'ada').set('graces', 'grace')
})
afterEach(() => {
  for (const stream of streams.splice(0)) stream.leave()
})
afterAll(() => harness.close())

async function opened(token: string, request: Parameters<typeof open>[2]): Promise<OpenAnswer> {
  const stream = await open(harness.app, token, request)
  streams.push(stream)
  return stream
}

const modernHeaders = { 'mcp-protocol-version': MODERN, 'mcp-method': 'subscriptions/listen' }
const listenBody = (notifications: unknown, id: unknown = 7): object => ({
  jsonrpc: '2.0',
  id,
  method: 'subscriptions/listen',
  params: {
    notifications,
    _meta: {
      'io.modelcontextprotocol/protocolVersion': MODERN,
      'io.modelcontextprotocol/clientCapabilities': {},
    },
  },
})
const listen = (token: string, notifications: unknown): Promise<OpenAnswer> =>
  opened(token, { body: listenBody(notifications), headers: modernHeaders })

describe('subscriptions/listen (2026-07-28)', () => {
  test('TR-47, TR-52: says first what it will tell: of what this caller may know of, and in its words', async () => {
    const uris = ['notes://note/adas', 'notes://note/graces', 'notes://note/nobodys', 'notes://all', 'notes://still']
    const more = ['notes://nowhere', 'notes://note/broken', 'notes://note/much-too-long', 'ftp://x']
    const stream = await listen(ada, { resourceSubscriptions: [...uris, ...more], toolsListChanged: true })
    const { method, params } = await stream.next()
    expect(method).toBe('notifications/subscriptions/acknowledged')
    expect(params.notifications).toEqual({
      resourceSubscriptions: ['notes://note/adas', 'notes://all'],
      toolsListChanged: true,
    })
    expect(params._meta).toEqual({ 'io.modelcontextprotocol/subscriptionId': 7 })
  })

  test('tells of changes of those, to those, and of nothing else', async () => {
    const own = { resourceSubscriptions: ['notes://note/adas', 'notes://note/graces', 'notes://all'] }
    const [hers, others] = [await listen(ada, own), await listen(grace, own)]
    await Promise.all([hers.next(), others.next()])
    for (const uri of ['notes://note/adas', 'notes://note/graces', 'notes://plan', 'notes://all']) changes.resource(uri)
    const uriOf = async (stream: OpenAnswer): Promise<string> => (await stream.next()).params.uri
    // The order in which changes are judged is not promised.
    expect([await uriOf(hers), await uriOf(hers)].sort()).toEqual(['notes://all', 'notes://note/adas'])
    expect([await uriOf(others), await uriOf(others)].sort()).toEqual(['notes://all', 'notes://note/graces'])
    changes.resource('notes://all')
    expect([await uriOf(hers), await uriOf(others)]).toEqual(['notes://all', 'notes://all'])
  })

  test('what a caller may not know of any more is not told any more', async () => {
    const stream = await listen(ada, { resourceSubscriptions: ['notes://note/adas', 'notes://all'] })
    await stream.next()
    owners.set('adas', 'grace')
    changes.resource('notes://note/adas')
    changes.resource('notes://all')
    expect((await stream.next()).params.uri).toBe('notes://all')
  })

  test('a list that is one subject’s is told to that subject', async () => {
    const [hers, others] = [
      await listen(ada, { resourcesListChanged: true }),
      await listen(grace, { resourcesListChanged: true }),
    ]
    await Promise.all([hers.next(), others.next()])
    changes.resourceList({ subject: 'ada' })
    changes.resourceList()
    const methodOf = async (stream: OpenAnswer): Promise<string> => (await stream.next()).method
    expect([await methodOf(hers), await methodOf(hers)]).toEqual(Array(2).fill('notifications/resources/list_changed'))
    expect(await methodOf(others)).toBe('notifications/resources/list_changed')
    changes.toolList()
    changes.resourceList()
    expect(await methodOf(others)).toBe('notifications/resources/list_changed')
  })

  test('SC-06: a resource for which scopes are missing is 403 with one complete challenge, never a stream', async () => {
    for (const [token, missing] of [
      [low, 'notes:read notes:write'],
      [ada, 'notes:write'],
    ] as const) {
      const body = listenBody({ resourceSubscriptions: ['notes://all', 'notes://plan'] })
      const answer = await post(harness.app, body, { token, headers: modernHeaders })
      expect(answer.status).toBe(403)
      expect(parseChallenge(answer).error_description).toContain(missing)
    }
  })

  test('of what is hidden from a caller nothing is acknowledged, and nothing told; whoever has the scopes hears of it', async () => {
    const filter = { resourceSubscriptions: ['notes://vault', 'notes://all'] }
    const writer = await harness.token({ scopes: ['notes:write'], subject: 'ada' })
    const [less, more] = [await listen(ada, filter), await listen(writer, filter)]
    expect((await less.next()).params.notifications).toEqual({ resourceSubscriptions: ['notes://all'] })
    expect((await more.next()).params.notifications).toEqual({
      resourceSubscriptions: ['notes://vault', 'notes://all'],
    })
    changes.resource('notes://vault')
    expect((await more.next()).params.uri).toBe('notes://vault')
    changes.resource('notes://all')
    expect((await less.next()).params.uri).toBe('notes://all')
  })

  test('only what the rule about the object allows is acknowledged, and told for as long as it does', async () => {
    owners.set('diary', 'ada')
    const filter = { resourceSubscriptions: ['notes://diary', 'notes://all'] }
    harness.audits()
    const [hers, others] = [await listen(ada, filter), await listen(grace, filter)]
    expect(harness.audits()).toMatchObject([
      { subject: 'ada', method: 'subscriptions/listen', resources: ['diary', 'all'], outcome: 'answered' },
      { subject: 'grace', method: 'subscriptions/listen', resources: ['all'], outcome: 'answered' },
    ])
    expect((await hers.next()).params.notifications).toEqual(filter)
    expect((await others.next()).params.notifications).toEqual({ resourceSubscriptions: ['notes://all'] })
    changes.resource('notes://diary')
    expect((await hers.next()).params.uri).toBe('notes://diary')
    owners.set('diary', 'grace')
    changes.resource('notes://diary')
    changes.resource('notes://all')
    expect((await hers.next()).params.uri).toBe('notes://all')
  })

  test('without a token it is 401', async () => {
    expect((await post(harness.app, listenBody({}), { headers: modernHeaders })).status).toBe(401)
  })

  test.each([
    ['none', undefined],
    ['a text', 'all'],
    ['a list of numbers', { resourceSubscriptions: [1] }],
  ])('%s for a filter is -32602, and leaves nothing open', async (_what, filter) => {
    const { body } = await post(harness.app, listenBody(filter), { token: ada, headers: modernHeaders })
    expect(body.error.code).toBe(-32602)
  })

  test('with nothing to tell it ends at once, in good order', async () => {
    const stream = await listen(ada, { resourceSubscriptions: ['notes://note/graces'] })
    expect((await stream.next()).params.notifications).toEqual({})
    expect((await stream.next()).result.resultType).toBe('complete')
    expect(await stream.next()).toBeUndefined()
  })

  test('G13, TR-50, TR-52: it ends with the token that opened it, in good order', async () => {
    const short = await harness.token({ scopes: ['notes:read'], subject: 'ada', expiresIn: 1 })
    const stream = await listen(short, { resourceSubscriptions: ['notes://all'] })
    await stream.next()
    expect((await stream.next()).result.resultType).toBe('complete')
    expect(await stream.next()).toBeUndefined()
  })

  test('one subject may have a hundred, and another as many', async () => {
    const token = await harness.token({ scopes: ['notes:read'], subject: 'many' })
    const filter = { resourceSubscriptions: ['notes://all'] }
    const many = await Promise.all(Array.from({ length: 100 }, () => listen(token, filter)))
    await Promise.all(many.map((stream) => stream.next()))
    expect((await (await listen(token, filter)).next()).error).toEqual({
      code: -32603,
      message: 'Subscription limit reached',
    })
    expect((await (await listen(ada, filter)).next()).method).toBe('notifications/subscriptions/acknowledged')
  })

  test('a hundred are a hundred, also when they are asked for at the same time', async () => {
    const token = await harness.token({ scopes: ['notes:read'], subject: 'hasty' })
    let answered = 0
    const asked = Array.from({ length: 110 }, async () => {
      const stream = await listen(token, { resourceSubscriptions: ['notes://slow/1'] })
      answered += 1
      return stream
    })
    await vi.waitFor(() => expect(asking + answered).toBe(110), { timeout: 20_000 })
    openGate()
    const many = await Promise.all(asked)
    const first = await Promise.all(many.map((stream) => stream.next()))
    expect(first.filter(({ method }) => method === 'notifications/subscriptions/acknowledged')).toHaveLength(100)
    expect(first.filter(({ error }) => error?.message === 'Subscription limit reached')).toHaveLength(10)
  })
})

describe('sessions (2025-11-25)', () => {
  const asking = { ...INITIALIZE, params: { ...INITIALIZE.params, capabilities: { elicitation: {} } } }

  async function start(token: string): Promise<Record<string, string>> {
    const answer = await post(harness.app, asking, { token })
    const id = answer.headers['mcp-session-id']
    if (typeof id !== 'string') throw new Error(`No session: ${answer.text}`)
    const headers = { 'mcp-session-id': id, 'mcp-protocol-version': LEGACY }
    await post(harness.app, { jsonrpc: '2.0', method: 'notifications/initialized' }, { token, headers })
    return headers
  }
  const stream = (token: string, headers: Record<string, string>): Promise<OpenAnswer> =>
    opened(token, { method: 'GET', headers })
  const result = (answer: { body: unknown }): unknown =>
    [answer.body].flat().find((message) => typeof message === 'object' && message !== null && 'id' in message)

  test('TL-09: a session id is visible ASCII, and no two are the same', async () => {
    const [one, two] = [await start(ada), await start(ada)]
    expect(one['mcp-session-id']).toMatch(/^[\x21-\x7e]{32,}$/)
    expect(one['mcp-session-id']).not.toBe(two['mcp-session-id'])
  })

  test.each([
    ['another user', { subject: 'grace' }],
    ["the same user's other client", { subject: 'ada', clientId: 'another' }],
  ])('for %s there is no such session, whatever is asked of it', async (_who, request) => {
    const headers = await start(ada)
    const token = await harness.token({ scopes: ['notes:read'], ...request })
    harness.audits()
    for (const method of ['GET', 'DELETE']) expect((await opened(token, { method, headers })).status).toBe(404)
    const answer = await legacy(harness.app, 'tools/list', {}, { token, headers })
    expect([answer.status, answer.body.error.message]).toEqual([404, 'Session not found'])
    const unknown = await legacy(harness.app, 'tools/list', {}, { token, headers: { 'mcp-session-id': 'x' } })
    expect([unknown.status, unknown.body]).toEqual([answer.status, answer.body])
    expect(harness.audits()[0]).toMatchObject({ decision: 'refused', reason: 'session-unknown' })
    expect((await legacy(harness.app, 'ping', {}, { token: ada, headers })).status).toBe(200)
  })

  test('PR-13, TK-18: a session gives no rights: without a token, and with one that expired, it is 401', async () => {
    const headers = await start(ada)
    const expired = await harness.token({ scopes: ['notes:read'], subject: 'ada', expiresIn: -60 })
    for (const method of ['GET', 'DELETE']) {
      expect((await opened(expired, { method, headers })).status).toBe(401)
      expect((await opened('', { method, headers })).status).toBe(401)
    }
    expect((await legacy(harness.app, 'tools/list', {}, { token: expired, headers })).status).toBe(401)
  })

  test('GET and DELETE without a session are 400, and other methods 405 with what there is', async () => {
    for (const method of ['GET', 'DELETE']) expect((await opened(ada, { method })).status).toBe(400)
    const put = await opened(ada, { method: 'PUT' })
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST, DELETE'])
  })

  test('a session that was ended is there for nobody', async () => {
    const headers = await start(ada)
    expect((await opened(ada, { method: 'DELETE', headers })).status).toBe(200)
    expect((await legacy(harness.app, 'ping', {}, { token: ada, headers })).status).toBe(404)
  })

  test('TR-09: 2026-07-28 has no sessions: the header of somebody else’s means nothing', async () => {
    const headers = { ...(await start(grace)), ...modernHeaders }
    const answer = await open(harness.app, ada, { body: listenBody({ toolsListChanged: true }), headers })
    streams.push(answer)
    expect([answer.status, answer.headers.get('mcp-session-id')]).toEqual([200, null])
  })

  test('a client without a session is served all the same', async () => {
    const { status, body } = await legacy(harness.app, 'tools/list', {}, { token: ada })
    expect([status, body.result.tools.length]).toEqual([200, 4])
  })

  test('a question goes out on the stream of its own call, and its answer to that session alone', async () => {
    const headers = await start(ada)
    const [quiet, others] = [await stream(ada, headers), await start(grace)]
    const call = await opened(ada, {
      headers,
      body: { jsonrpc: '2.0', id: 5, method: 'tools/call', params: { name: 'ask', arguments: {} } },
    })
    expect(await call.next()).toEqual({})
    const question = await call.next()
    expect([question.method, question.params.message]).toEqual(['elicitation/create', 'Who?'])
    const body = { jsonrpc: '2.0', id: question.id, result: { action: 'accept', content: { name: 'Ada' } } }
    // The same answer from somebody else goes nowhere.
    const lie = { ...body, result: { action: 'accept', content: { name: 'Mallory' } } }
    expect((await post(harness.app, lie, { token: grace, headers })).status).toBe(404)
    expect((await post(harness.app, lie, { token: grace, headers: others })).status).toBe(202)
    harness.audits()
    expect((await post(harness.app, body, { token: ada, headers })).status).toBe(202)
    expect((await call.next()).result.content[0].text).toContain('Ada')
    // One record of the call, of what came of it in the end.
    expect(harness.audits().filter(({ tool }) => tool === 'ask')).toMatchObject([{ outcome: 'answered' }])
    changes.toolList()
    expect((await quiet.next()).method).toBe('notifications/tools/list_changed')
  })

  test('a client that the server hung up on comes back for the answer, and nobody else gets it', async () => {
    const headers = await start(ada)
    const call = await opened(ada, {
      headers,
      body: { jsonrpc: '2.0', id: 5, method: 'tools/call', params: { name: 'leave', arguments: {} } },
    })
    expect(await call.next()).toEqual({})
    expect(await call.next()).toBeUndefined()
    const last = { 'last-event-id': call.lastId() ?? '' }
    const others = await start(grace)
    const stolen = await opened(grace, { method: 'GET', headers: { ...others, ...last } })
    const again = await opened(ada, { method: 'GET', headers: { ...headers, ...last } })
    expect((await again.next()).result.content[0].text).toBe('for whoever comes back')
    expect(stolen.status === 200 ? await stolen.next() : undefined).not.toMatchObject({ result: {} })
  })

  test('resources/subscribe: changes are told on the stream of the session, until it is taken back', async () => {
    const headers = await start(ada)
    const told = await stream(ada, headers)
    harness.audits()
    for (const uri of ['notes://note/adas', 'notes://all']) {
      const answer = await legacy(harness.app, 'resources/subscribe', { uri }, { token: ada, headers })
      expect(result(answer)).toMatchObject({ result: {} })
    }
    expect(harness.audits()).toMatchObject([
      { resource: 'note', needed: ['notes:read'], outcome: 'answered' },
      { resource: 'all', needed: ['notes:read'], outcome: 'answered' },
    ])
    changes.resource('notes://note/adas')
    expect((await told.next()).params).toEqual({ uri: 'notes://note/adas' })
    await legacy(harness.app, 'resources/unsubscribe', { uri: 'notes://note/adas' }, { token: ada, headers })
    for (const uri of ['notes://note/adas', 'notes://note/graces', 'notes://plan', 'notes://all']) changes.resource(uri)
    expect((await told.next()).params).toEqual({ uri: 'notes://all' })
  })

  test.each([
    ['notes://note/graces', { resource: 'note', outcome: 'not-authorized' }],
    ['notes://note/nobodys', { resource: 'note', outcome: 'not-authorized' }],
    ['notes://note/broken', { resource: 'note', outcome: 'not-authorized' }],
    ['notes://still', { resource: 'still', outcome: 'not-found' }],
    ['notes://nowhere', { outcome: 'unknown-resource' }],
    ['notes://vault', { resource: 'vault', reason: 'hidden' }],
    ['notes://diary', { resource: 'diary', outcome: 'not-authorized' }],
  ])(
    'subscribing to %s sounds like subscribing to what does not exist, and the record says what it was',
    async (uri, record) => {
      const headers = await start(ada)
      harness.audits()
      const answer = await legacy(harness.app, 'resources/subscribe', { uri }, { token: ada, headers })
      expect(result(answer)).toMatchObject({ error: { code: -32002, message: 'Resource not found', data: { uri } } })
      expect(answer.text).not.toContain('hunter2')
      expect(harness.audits()).toMatchObject([{ method: 'resources/subscribe', subject: 'ada', ...record }])
    },
  )

  test('SC-06: subscribing without the scopes is 403 with a challenge', async () => {
    const headers = await start(ada)
    const answer = await legacy(harness.app, 'resources/subscribe', { uri: 'notes://plan' }, { token: ada, headers })
    expect([answer.status, parseChallenge(answer).error]).toEqual([403, 'insufficient_scope'])
  })

  test('what became hidden with a lesser token is not told any more', async () => {
    const writer = await harness.token({ scopes: ['notes:write'], subject: 'ada' })
    const headers = await start(writer)
    for (const uri of ['notes://vault', 'notes://all']) {
      const answer = await legacy(harness.app, 'resources/subscribe', { uri }, { token: writer, headers })
      expect(result(answer)).toMatchObject({ result: {} })
    }
    const told = await stream(writer, headers)
    changes.resource('notes://vault')
    expect((await told.next()).params).toEqual({ uri: 'notes://vault' })
    await legacy(harness.app, 'ping', {}, { token: ada, headers })
    changes.resource('notes://vault')
    changes.resource('notes://all')
    expect((await told.next()).params).toEqual({ uri: 'notes://all' })
  })

  test('what was subscribed to with an earlier token is judged by the rights of the latest', async () => {
    const headers = await start(ada)
    for (const uri of ['notes://all', 'notes://news']) {
      await legacy(harness.app, 'resources/subscribe', { uri }, { token: ada, headers })
    }
    const told = await stream(low, headers)
    changes.resource('notes://all')
    changes.resource('notes://news')
    expect((await told.next()).params).toEqual({ uri: 'notes://news' })
  })

  test('G13: the stream of a session ends with the token that opened it', async () => {
    const headers = await start(ada)
    const short = await harness.token({ scopes: ['notes:read'], subject: 'ada', expiresIn: 1 })
    const told = await stream(short, headers)
    expect(told.status).toBe(200)
    expect(await told.next()).toBeUndefined()
  })

  test('a call goes on when the token that it came with expires, and its client comes back for the answer', async () => {
    const headers = await start(ada)
    const short = await harness.token({ scopes: ['notes:read'], subject: 'ada', expiresIn: 1 })
    const call = await opened(short, {
      headers,
      body: { jsonrpc: '2.0', id: 5, method: 'tools/call', params: { name: 'work', arguments: {} } },
    })
    expect(await call.next()).toEqual({})
    const signal = await working
    expect(await call.next()).toBeUndefined()
    const again = await stream(ada, { ...headers, 'last-event-id': call.lastId() ?? '' })
    expect(again.status).toBe(200)
    finishWork()
    expect((await again.next()).result.content[0].text).toBe('done')
    expect(signal.aborted).toBe(false)
  })

  test('what changes while no token is good is not kept for later', async () => {
    const short = await harness.token({ scopes: ['notes:read'], subject: 'ada', expiresIn: 1 })
    const headers = await start(short)
    for (const uri of ['notes://all', 'notes://news']) {
      await legacy(harness.app, 'resources/subscribe', { uri }, { token: short, headers })
    }
    const told = await stream(short, headers)
    changes.resource('notes://all')
    expect((await told.next()).params).toEqual({ uri: 'notes://all' })
    expect(await told.next()).toBeUndefined()
    changes.resource('notes://news')
    const again = await stream(ada, { ...headers, 'last-event-id': told.lastId() ?? '' })
    changes.resource('notes://all')
    expect((await again.next()).params).toEqual({ uri: 'notes://all' })
  })

  test('one owner has at most 32: the one longest unused makes room, and nobody else’s', async () => {
    const others = await start(grace)
    const token = await harness.token({ subject: 'many' })
    const first = await start(token)
    for (let more = 0; more < 32; more++) await start(token)
    expect((await legacy(harness.app, 'ping', {}, { token, headers: first })).status).toBe(404)
    expect((await legacy(harness.app, 'ping', {}, { token: grace, headers: others })).status).toBe(200)
  })
})

describe('limits', () => {
  let limited: Harness | undefined
  afterEach(() => limited?.close())

  async function withLimits(limits: NonNullable<SampleOptions['limits']>): Promise<Harness> {
    const made = await createHarness({ ...offers(), limits, server: { allowedHosts: ['127.0.0.1'] } })
    limited = made
    await made.app.listen({ host: '127.0.0.1', port: 0 })
    return made
  }

  test('count what is asked of a session, too', async () => {
    const { app, token: issue, audits } = await withLimits({ perSubject: 2 })
    const token = await issue({ scopes: ['notes:read'] })
    const { headers } = await post(app, INITIALIZE, { token })
    const session = { 'mcp-session-id': String(headers['mcp-session-id']) }
    const told = await open(app, token, { method: 'GET', headers: session })
    streams.push(told)
    expect(told.status).toBe(200)
    audits()
    for (const method of ['GET', 'DELETE']) {
      expect((await open(app, token, { method, headers: session })).status).toBe(429)
    }
    expect(audits()).toMatchObject([{ reason: 'rate-limited' }, { reason: 'rate-limited' }])
  })

  test('of what is done at once leave out the streams on which nothing is done', async () => {
    const { app, token: issue } = await withLimits({ concurrentPerSubject: 1 })
    const token = await issue({ scopes: ['notes:read'] })
    const { headers } = await post(app, INITIALIZE, { token })
    const told = await open(app, token, {
      method: 'GET',
      headers: { 'mcp-session-id': String(headers['mcp-session-id']) },
    })
    const body = listenBody({ resourceSubscriptions: ['notes://all'] })
    const listening = await open(app, token, { body, headers: modernHeaders })
    streams.push(told, listening)
    expect((await listening.next()).method).toBe('notifications/subscriptions/acknowledged')
    expect(told.status).toBe(200)
    expect((await legacy(app, 'tools/list', {}, { token })).status).toBe(200)
  })
})

describe('a client that does not read', () => {
  const LONG = `notes://wall/${'x'.repeat(1_900)}`
  /** More than lies in the buffers of two machines, and what a stream may leave unread. */
  const MOST = 64 * 1024 * 1024

  /** A stream of changes of which nothing is read but that it began. */
  async function deaf(app: FastifyInstance, headers: Record<string, string>, body?: object): Promise<ClientRequest> {
    const { port } = app.server.address() as AddressInfo
    const asked = request({ port, host: '127.0.0.1', path: '/mcp', method: body ? 'POST' : 'GET', headers })
    asked.on('error', () => {}).end(body === undefined ? undefined : JSON.stringify(body))
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    expect(response.statusCode).toBe(200)
    return asked
  }

  test.each(['of 2026-07-28', 'of a session'])(
    'is dropped with its stream %s: what it leaves unread does not pile up',
    async (which) => {
      const { tools, services, offers: offered } = offers()
      const wall = {
        uri: 'notes://wall/{id}',
        access: { access: 'authenticated', subscribe: true } as const,
        module: { variables: { id: z.string() }, subscribe: () => true, read: () => 'wall' },
      }
      const other = await createHarness({
        ...{ tools, services, offers: { ...offered, resources: { ...offered.resources, wall } } },
        server: { allowedHosts: ['127.0.0.1'] },
      })
      const { app } = other
      await app.listen({ host: '127.0.0.1', port: 0 })
      const token = await other.token()
      const headers = { authorization: `Bearer ${token}`, accept: 'application/json, text/event-stream' }
      let client: ClientRequest
      if (which === 'of a session') {
        const opening = await post(app, INITIALIZE, { token })
        const session = { 'mcp-session-id': String(opening.headers['mcp-session-id']) }
        client = await deaf(app, { ...headers, ...session })
        expect((await legacy(app, 'resources/subscribe', { uri: LONG }, { token, headers: session })).status).toBe(200)
      } else {
        const typed = { ...headers, ...modernHeaders, 'content-type': 'application/json' }
        client = await deaf(app, typed, listenBody({ resourceSubscriptions: [LONG] }))
      }
      const connections = (): Promise<number> =>
        new Promise((resolve) => app.server.getConnections((_, count) => resolve(count)))
      expect(await connections()).toBe(1)
      let said = 0
      for (; said < MOST && (await connections()) > 0; said += LONG.length) changes.resource(LONG)
      expect(said).toBeLessThan(MOST)
      client.destroy()
      await other.close()
    },
  )
})

test('what cannot be subscribed to is not announced, and needs no session', async () => {
  const plain = await createHarness()
  const token = await plain.token()
  expect((await post(plain.app, INITIALIZE, { token })).headers['mcp-session-id']).toBeUndefined()
  const { status } = await post(plain.app, listenBody({}), { token, headers: modernHeaders })
  expect(status).toBe(404)
  await plain.close()
})

test('TR-50: a shutdown ends streams and sessions in good order, and does not wait for them', async () => {
  const other = await createHarness({ ...offers(), server: { allowedHosts: ['127.0.0.1'] } })
  await other.app.listen({ host: '127.0.0.1', port: 0 })
  const token = await other.token({ scopes: ['notes:read'] })
  const filter = { resourceSubscriptions: ['notes://all'] }
  const listening = await open(other.app, token, { body: listenBody(filter), headers: modernHeaders })
  await listening.next()
  const answer = await post(other.app, INITIALIZE, { token })
  const headers = { 'mcp-session-id': String(answer.headers['mcp-session-id']), 'mcp-protocol-version': LEGACY }
  const told = await open(other.app, token, { method: 'GET', headers })
  const closed = other.close()
  expect((await listening.next()).result.resultType).toBe('complete')
  expect(await told.next()).toBeUndefined()
  await closed
})

test.each([
  ['its policy', { subscribe: true }, {}],
  ['its file', {}, { subscribe: true }],
])('a resource that can be subscribed to by %s alone stops the boot', async (_where, rule, module) => {
  const resources = {
    odd: { uri: 'a://b', access: { access: 'authenticated' as const, ...rule }, module: { read: () => '', ...module } },
  }
  await expect(createHarness({ offers: { resources, prompts: {} } as never })).rejects.toThrow('but not in both')
})

test('a template that everybody with the scopes could watch stops the boot', async () => {
  const module = { variables: { id: z.string() }, subscribe: true, read: () => '' }
  const access = { access: 'authenticated', subscribe: true } as const
  const resources = { odd: { uri: 'a://b/{id}', access, module } }
  await expect(createHarness({ offers: { resources, prompts: {} } })).rejects.toThrow('who may know of which one')
})
