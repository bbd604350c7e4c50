import { request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { SampleTool } from './support/definition.js'
import {
  type Answer,
  createHarness,
  type Harness,
  INITIALIZE,
  LEGACY,
  MODERN,
  parseChallenge,
  post,
} from './support/harness.js'
import { type OpenAnswer, open } from './support/streams.js'

const access = { access: 'authenticated' } as const
const EVERYTHING = { elicitation: { form: {}, url: {} } }

/** What a handler that hangs waits for: nothing, until its signal says that it is over. */
const aborted: unknown[] = []
const hang = ({ signal }: { readonly signal: AbortSignal }): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      aborted.push(signal.reason)
      reject(signal.reason)
    })
  })

interface Telling {
  readonly signal: AbortSignal
  progress(step: { progress: number }): Promise<void>
  ask(questions: object): Promise<unknown>
}

const tools: Record<string, SampleTool> = {
  fine: { access, run: () => 'fine' },
  same: { access, input: z.object({ text: z.string() }), run: ({ text }: { text: string }) => text },
  throws: {
    access,
    run: () => {
      throw new Error('password=hunter2')
    },
  },
  endless: {
    access,
    limits: { seconds: 1 },
    run: (_input, context: { readonly signal: AbortSignal }) => hang(context),
  },
  deaf: { access, limits: { seconds: 1 }, run: () => new Promise<never>(() => {}) },
  lies: { access, output: z.object({ count: z.number() }), run: () => ({ count: 'hunter2' }) },
  nothing: { access, output: z.object({ count: z.number() }), run: () => undefined },
  streams: {
    access: { access: 'authenticated', uses: ['progress'] },
    async run(_input: unknown, context: unknown) {
      const { progress, signal } = context as Telling
      await progress({ progress: 1 })
      return hang({ signal })
    },
  },
  asks: {
    access: { access: 'authenticated', uses: ['elicitation'] },
    async run(_input: unknown, context: unknown) {
      const params = { message: 'Who?', requestedSchema: { type: 'object', properties: { name: { type: 'string' } } } }
      return JSON.stringify(await (context as Telling).ask({ who: { kind: 'elicitation', mode: 'form', params } }))
    },
  },
}

let harness: Harness
let ada: string
const streams: OpenAnswer[] = []
beforeAll(async () => {
  harness = await createHarness({
    tools,
    offers: {
      resources: {
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
      },
      prompts: { hello: { access, module: { run: () => 'Hello' } } },
    },
    server: { allowedHosts: ['127.0.0.1'] },
  })
  await harness.app.listen({ host: '127.0.0.1', port: 0 })
  ada = await harness.token({ scopes: ['notes:read'], subject: 'ada' })
})
beforeEach(() => {
  aborted.length = 0
})
afterEach(() => {
  for (const stream of streams.splice(0)) stream.leave()
})
afterAll(() => harness.close())

interface Era {
  readonly name: string
  /** Headers and body of a request; `more` replaces headers. */
  request(
    method: string,
    params?: object,
    id?: unknown,
  ): { headers: Record<string, string>; body: Record<string, unknown> }
}

function modernEra(capabilities: object = EVERYTHING): Era {
  return {
    name: MODERN,
    request(method, params = {}, id = 1) {
      const { name, uri } = params as { name?: string; uri?: string }
      const repeated = name ?? uri
      const _meta = {
        'io.modelcontextprotocol/protocolVersion': MODERN,
        'io.modelcontextprotocol/clientCapabilities': capabilities,
      }
      return {
        headers: {
          'mcp-protocol-version': MODERN,
          'mcp-method': method,
          ...(repeated === undefined ? {} : { 'mcp-name': repeated }),
        },
        body: { jsonrpc: '2.0', id, method, params: { ...params, _meta } },
      }
    },
  }
}

/** In a session, so that everything of the era is there. */
async function legacyEra(capabilities: object = EVERYTHING): Promise<Era> {
  const body = { ...INITIALIZE, params: { ...INITIALIZE.params, capabilities } }
  const { headers } = await post(harness.app, body, { token: ada })
  const session = String(headers['mcp-session-id'])
  return {
    name: LEGACY,
    request: (method, params = {}, id = 1) => ({
      headers: { 'mcp-protocol-version': LEGACY, 'mcp-session-id': session },
      body: { jsonrpc: '2.0', id, method, params },
    }),
  }
}

const eras = (): Promise<readonly [Era, Era]> => Promise.all([modernEra(), legacyEra()])

/** The message that answers: an older era answers on a stream that begins with an event without one. */
function messageOf({ body }: Answer): Record<string, never> & {
  error?: { code: number; message: string; data?: object }
  result?: Record<string, unknown>
} {
  return [body].flat().find((one) => one !== null && typeof one === 'object' && ('result' in one || 'error' in one))
}

async function send(era: Era, method: string, params?: object, id?: unknown): Promise<Answer> {
  const { headers, body } = era.request(method, params, id)
  return post(harness.app, body, { token: ada, headers })
}

/** The next request, of the same era and session, is served. */
async function isServed(era: Era): Promise<void> {
  const answer = await send(era, 'tools/call', { name: 'fine', arguments: {} }, 'next')
  expect([era.name, answer.status, messageOf(answer)]).toMatchObject([
    era.name,
    200,
    { id: 'next', result: { content: [{ text: 'fine' }] } },
  ])
}

interface Expected {
  readonly status: number
  readonly code: number
}
type Case = readonly [what: string, method: string, params: object, newer: Expected, older: Expected]

const at = (status: number, code: number): Expected => ({ status, code })

const REFUSED: readonly Case[] = [
  ['an unknown method', 'foo/bar', {}, at(404, -32601), at(200, -32601)],
  ['a method of a prototype', 'constructor', {}, at(404, -32601), at(200, -32601)],
  ['a method of the server’s side', 'sampling/createMessage', {}, at(404, -32601), at(200, -32601)],
  ['a capability that is not offered', 'logging/setLevel', { level: 'info' }, at(404, -32601), at(200, -32601)],
  ['completion, which is not offered', 'completion/complete', {}, at(404, -32601), at(200, -32601)],
  ['tasks, which are not offered', 'tasks/list', {}, at(404, -32601), at(200, -32601)],
  ['an unknown tool', 'tools/call', { name: 'nobody' }, at(200, -32602), at(200, -32602)],
  ['an unknown prompt', 'prompts/get', { name: 'nobody' }, at(200, -32602), at(200, -32602)],
  ['a cursor that was made up', 'tools/list', { cursor: 'zzz' }, at(200, -32602), at(200, -32602)],
  ['a cursor of another kind', 'resources/list', { cursor: 'eyJvZmZzZXQiOjF9' }, at(200, -32602), at(200, -32602)],
  ['an empty cursor', 'prompts/list', { cursor: '' }, at(200, -32602), at(200, -32602)],
  ['a cursor with a null byte', 'resources/templates/list', { cursor: 'a\0b' }, at(200, -32602), at(200, -32602)],
  ['a cursor of a megabyte', 'tools/list', { cursor: 'a'.repeat(900_000) }, at(200, -32602), at(200, -32602)],
]

describe('is refused as the protocol says, and the next request is served:', () => {
  test.each(REFUSED)('%s', async (_what, method, params, newer, older) => {
    const [modern, legacy] = await eras()
    for (const [era, expected] of [
      [modern, newer],
      [legacy, older],
    ] as const) {
      const answer = await send(era, method, params, 'asked')
      expect([era.name, answer.status, messageOf(answer).error?.code, messageOf(answer).id]).toEqual([
        era.name,
        expected.status,
        expected.code,
        'asked',
      ])
      await isServed(era)
    }
  })

  test.each([
    ['a version that there is not, in both places', 'v999', 'v999', -32022],
    ['another version in the header', 'v999', MODERN, -32020],
    ['an older version in the header', LEGACY, MODERN, -32020],
    ['another version in the body', MODERN, 'v999', -32020],
    ['the older version in both places', LEGACY, LEGACY, -32022],
  ])('2026-07-28: %s', async (_what, header, claim, code) => {
    const { headers, body } = modernEra().request('tools/list')
    const _meta = { ...(body.params as { _meta: object })._meta, 'io.modelcontextprotocol/protocolVersion': claim }
    const answer = await post(
      harness.app,
      { ...body, params: { _meta } },
      { token: ada, headers: { ...headers, 'mcp-protocol-version': header } },
    )
    expect([answer.status, answer.body.error.code, answer.body.id]).toEqual([400, code, 1])
    await isServed(modernEra())
  })

  test.each(['1900-01-01', 'v999', '2025-11-25, 2025-06-18', '2025-11-25 x'])(
    '2025-11-25: the version %j',
    async (version) => {
      const era = await legacyEra()
      const { headers, body } = era.request('tools/list')
      const answer = await post(harness.app, body, {
        token: ada,
        headers: { ...headers, 'mcp-protocol-version': version },
      })
      expect(answer.status).toBe(400)
      await isServed(era)
    },
  )

  test('a client that cannot be asked what the tool asks, in either era', async () => {
    const [modern, legacy] = [modernEra({}), await legacyEra({})]
    const refused = await send(modern, 'tools/call', { name: 'asks', arguments: {} })
    expect([refused.status, refused.body.error.code]).toEqual([400, -32021])
    const told = await send(legacy, 'tools/call', { name: 'asks', arguments: {} })
    expect([told.status, messageOf(told).result?.isError]).toEqual([200, true])
    for (const era of [modern, legacy]) await isServed(era)
  })

  test('what the client claims to be able to, and no such thing exists, changes nothing', async () => {
    const odd = { elicitation: {}, teleport: { far: true }, __x: null }
    for (const era of [modernEra(odd), await legacyEra(odd)]) await isServed(era)
  })
})

describe('ids of requests', () => {
  test('that were used before answer like new ones: nothing is kept of a request that was answered', async () => {
    for (const era of await eras()) {
      for (const text of ['one', 'two']) {
        const answer = messageOf(await send(era, 'tools/call', { name: 'same', arguments: { text } }, 'again'))
        expect(answer).toMatchObject({ id: 'again', result: { content: [{ text }] } })
      }
    }
  })

  test('that two clients use at once do not meet', async () => {
    const grace = await harness.token({ scopes: ['notes:read'], subject: 'grace' })
    for (const era of [modernEra(), { ...modernEra(), name: 'without a session', request: plain }]) {
      const ask = async (token: string, text: string): Promise<unknown> => {
        const { headers, body } = era.request('tools/call', { name: 'same', arguments: { text } }, 1)
        return messageOf(await post(harness.app, body, { token, headers })).result?.content
      }
      const texts = Array.from({ length: 20 }, (_, index) => `text ${index}`)
      const answers = await Promise.all(texts.map((text, index) => ask(index % 2 === 0 ? ada : grace, text)))
      expect(answers).toEqual(texts.map((text) => [{ type: 'text', text }]))
    }
  })

  test('that stand twice in a batch are refused, before anything runs', async () => {
    const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'fine', arguments: {} } }
    const answer = await post(harness.app, [call, call], { token: ada })
    expect([answer.status, answer.body.error.code]).toEqual([400, -32600])
    await isServed(await legacyEra())
  })
})

/** A request of 2025-03-26, which says neither its version nor a session. */
function plain(method: string, params: object = {}, id: unknown = 1): ReturnType<Era['request']> {
  return { headers: {}, body: { jsonrpc: '2.0', id, method, params } }
}

test.each([
  ['never was', { requestId: 'never' }],
  ['was answered', { requestId: 'next' }],
  ['has no id', {}],
  ['has an id that is none', { requestId: { a: 1 } }],
])('a cancellation of what %s is taken without a word, and nothing else is cancelled', async (_what, params) => {
  for (const era of await eras()) {
    await isServed(era)
    const { headers } = era.request('tools/list')
    const { 'mcp-method': _method, ...rest } = headers
    const body = { jsonrpc: '2.0', method: 'notifications/cancelled', params }
    const answer = await post(harness.app, body, { token: ada, headers: rest })
    expect([era.name, answer.status, answer.text]).toEqual([era.name, 202, ''])
    await isServed(era)
  }
})

describe('a subscription to what one may not read', () => {
  test('is 403 with the scopes that are missing, in both eras', async () => {
    const [modern, legacy] = await eras()
    const filter = { notifications: { resourceSubscriptions: ['notes://all', 'notes://plan'] } }
    for (const [era, method, params] of [
      [modern, 'subscriptions/listen', filter],
      [legacy, 'resources/subscribe', { uri: 'notes://plan' }],
    ] as const) {
      const answer = await send(era, method, params)
      expect([era.name, answer.status]).toEqual([era.name, 403])
      expect(parseChallenge(answer)).toMatchObject({
        error: 'insufficient_scope',
        scope: expect.stringContaining('notes:write'),
      })
      await isServed(era)
    }
  })

  test.each(['notes://vault', 'notes://nowhere', 'file:///etc/passwd'])(
    'and %s sounds like what there is not',
    async (uri) => {
      const [modern, legacy] = await eras()
      const { headers, body } = modern.request('subscriptions/listen', {
        notifications: { resourceSubscriptions: [uri, 'notes://all'] },
      })
      const stream = await open(harness.app, ada, { headers, body })
      streams.push(stream)
      expect((await stream.next()).params.notifications).toEqual({ resourceSubscriptions: ['notes://all'] })
      const answer = messageOf(await send(legacy, 'resources/subscribe', { uri }))
      const unknown = messageOf(await send(legacy, 'resources/subscribe', { uri: 'notes://another' }))
      expect(JSON.stringify(answer).replace(uri, '')).toBe(JSON.stringify(unknown).replace('notes://another', ''))
      for (const era of [modern, legacy]) await isServed(era)
    },
  )
})

describe('a client that vanishes in the middle of a stream', () => {
  test('ends what it asked for in the newer era, and nothing of others', async () => {
    const era = modernEra()
    const { headers, body } = era.request('tools/call', { name: 'streams', arguments: {} })
    const params = body.params as { _meta: object }
    const asked = { ...body, params: { ...params, _meta: { ...params._meta, progressToken: 1 } } }
    const [mine, others] = [
      await open(harness.app, ada, { headers, body: asked }),
      await open(harness.app, ada, { headers, body: asked }),
    ]
    streams.push(others)
    expect([(await mine.next()).method, (await others.next()).method]).toEqual(Array(2).fill('notifications/progress'))
    mine.leave()
    await expect.poll(() => aborted.length).toBe(1)
    await isServed(era)
    expect(aborted).toHaveLength(1)
  })

  test('frees its place among the hundred subscriptions that it may have', async () => {
    const { headers, body } = modernEra().request('subscriptions/listen', {
      notifications: { resourceSubscriptions: ['notes://all'] },
    })
    const mayListen = async (): Promise<boolean> => {
      const stream = await open(harness.app, ada, { headers, body })
      const first = await stream.next()
      stream.leave()
      return first.method === 'notifications/subscriptions/acknowledged'
    }
    // That a connection was closed is noticed a moment later.
    for (let round = 0; round < 120; round += 1) await expect.poll(mayListen).toBe(true)
    await isServed(modernEra())
  })

  test('or while it still sends takes nothing with it', async () => {
    const { port } = harness.app.server.address() as AddressInfo
    const outgoing = httpRequest({
      port,
      host: '127.0.0.1',
      path: '/mcp',
      method: 'POST',
      headers: { authorization: `Bearer ${ada}`, 'content-type': 'application/json', 'content-length': 1000 },
    })
    const gone = new Promise((resolve) => outgoing.once('error', resolve))
    outgoing.write('{"jsonrpc":')
    outgoing.destroy(new Error('gone'))
    await gone
    for (const era of await eras()) await isServed(era)
  })
})

describe('a handler', () => {
  test.each([
    ['throws', 'throws', { result: { isError: true } }],
    ['answers the wrong type', 'lies', { result: { isError: true } }],
    ['answers nothing where something was promised', 'nothing', { result: { isError: true } }],
    ['never ends', 'endless', { error: { code: -32603 } }],
    ['never ends and hears nothing', 'deaf', { error: { code: -32603 } }],
  ])(
    'that %s is answered with 200, says nothing of why, and the next request is served',
    async (_what, name, expected) => {
      for (const era of await eras()) {
        const answer = await send(era, 'tools/call', { name, arguments: {} }, 'asked')
        expect([era.name, answer.status]).toEqual([era.name, 200])
        expect(messageOf(answer)).toMatchObject({ id: 'asked', ...expected })
        expect(answer.text).not.toContain('hunter2')
        await isServed(era)
      }
    },
  )
})
