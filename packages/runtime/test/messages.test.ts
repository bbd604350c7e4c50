import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestIssuer, type TestIssuer } from '../../testing/src/issuer.js'
import { Gate, RESOURCE, type SampleTool, sampleTools } from './support/definition.js'
import {
  type Answer,
  createHarness,
  type Harness,
  INITIALIZE,
  LEGACY,
  legacy,
  MODERN,
  modern,
  post,
} from './support/harness.js'
import { sampleOffers } from './support/offers.js'

const META = {
  'io.modelcontextprotocol/protocolVersion': MODERN,
  'io.modelcontextprotocol/clientCapabilities': {},
}
const asking: SampleTool = {
  access: { access: 'authenticated', uses: ['elicitation'] },
  async run(_input: unknown, context: unknown) {
    const params = { message: 'Who?', requestedSchema: { type: 'object', properties: { name: { type: 'string' } } } }
    const { ask } = context as { ask(questions: object): Promise<unknown> }
    return JSON.stringify(await ask({ who: { kind: 'elicitation', mode: 'form', params } }))
  },
}
const talking: SampleTool = {
  access: { access: 'authenticated', uses: ['logging'] },
  async run(_input: unknown, context: unknown) {
    await (context as { log(level: string, data: unknown): Promise<void> }).log('info', 'talk')
    return 'said'
  },
}

let harness: Harness
let ada: string
beforeAll(async () => {
  const witness = { calls: [], waiting: () => new Promise<never>(() => {}), finishWaiting: () => {} }
  harness = await createHarness({
    tools: { ...sampleTools(witness, new Gate()), asking, talking },
    offers: sampleOffers([]),
  })
  ada = await harness.token({ scopes: ['notes:read'], subject: 'ada' })
})
beforeEach(() => harness.audits())
afterAll(() => harness.close())

/** A request of 2026-07-28 whose `_meta`, and whose id, the test decides. */
function withMeta(method: string, params: object, meta: unknown, { id = 1 as unknown, headers = {} } = {}) {
  const { name, uri } = params as { name?: string; uri?: string }
  const repeated = name ?? uri
  return post(
    harness.app,
    {
      jsonrpc: '2.0',
      ...(id === undefined ? {} : { id }),
      method,
      params: { ...params, ...(meta ? { _meta: meta } : {}) },
    },
    {
      token: ada,
      headers: {
        'mcp-protocol-version': MODERN,
        'mcp-method': method,
        ...(repeated === undefined ? {} : { 'mcp-name': repeated }),
        ...headers,
      },
    },
  )
}

/** What fails, by the method and what is asked of it, in each era. */
const FAILING: readonly [string, object][] = [
  ['foo/bar', {}],
  ['tools/call', { name: 'nobody' }],
  ['tools/call', { name: 'whoami', arguments: [] }],
  ['tools/call', {}],
  ['tools/list', { cursor: 'zzz' }],
  ['resources/read', { uri: 'notes://nowhere' }],
  ['resources/read', { uri: 'notes://crash' }],
  ['prompts/get', { name: 'nobody' }],
  ['prompts/get', { name: 'crash' }],
  ['completion/complete', { ref: { type: 'ref/nothing' } }],
  ['subscriptions/listen', {}],
  ['resources/subscribe', { uri: 'notes://all' }],
]

describe('an error', () => {
  test.each(['abc', 7, 0, ''])('BA-03: of a request with the id %j has that id, in both eras', async (id) => {
    for (const [method, params] of FAILING) {
      const newer = await withMeta(method, params, META, { id })
      expect([method, newer.body.error !== undefined, newer.body.id]).toEqual([method, true, id])
      const older = await post(
        harness.app,
        { jsonrpc: '2.0', id, method, params },
        { token: ada, headers: { 'mcp-protocol-version': LEGACY } },
      )
      expect([method, older.body.error !== undefined, older.body.id]).toEqual([method, true, id])
    }
  })

  test('BA-04, BA-06, BA-07: has a message, and a code that its revision defines', async () => {
    const defined = [-32700, -32600, -32601, -32602, -32603, -32020, -32021, -32022]
    for (const [method, params] of FAILING) {
      const { error } = (await modern(harness.app, method, params, { token: ada })).body
      expect([method, defined.includes(error.code), typeof error.message]).toEqual([method, true, 'string'])
      const { error: older } = (await legacy(harness.app, method, params, { token: ada })).body
      expect([method, Number.isInteger(older.code), typeof older.message]).toEqual([method, true, 'string'])
    }
  })

  test('BA-07: a missing resource is -32602, and no address to open is ever an error', async () => {
    const { body } = await modern(harness.app, 'resources/read', { uri: 'notes://nowhere' }, { token: ada })
    expect(body.error.code).toBe(-32602)
  })

  test('BA-02: an id that is neither text nor a whole number is refused, in both eras', async () => {
    for (const id of [null, 1.5, true, {}, []]) {
      // What could be read as a number is said back.
      const said = typeof id === 'number' ? id : null
      const newer = await withMeta('tools/list', {}, META, { id })
      expect([id, newer.status, newer.body.error.code, newer.body.id]).toEqual([id, 400, -32600, said])
      const older = await post(harness.app, { jsonrpc: '2.0', id, method: 'ping' }, { token: ada })
      expect([id, older.status, older.body.error.code]).toEqual([id, 400, -32600])
    }
  })
})

test.each([
  ['tools/call', {}],
  ['tools/call', { name: 7 }],
  ['tools/call', { name: 'whoami', arguments: [] }],
  ['tools/list', { cursor: 7 }],
  ['resources/list', { cursor: {} }],
  ['resources/templates/list', { cursor: [] }],
  ['resources/read', { uri: 7 }],
  ['prompts/list', { cursor: null }],
  ['prompts/get', {}],
  ['prompts/get', { name: 'hello', arguments: { a: 7 } }],
  ['completion/complete', { ref: 7, argument: { name: 'a', value: 'b' } }],
])(
  'TO-18: parameters of %s that are %j are -32602 in both eras, and the next request is served',
  async (method, params) => {
    for (const ask of [modern, legacy]) {
      const { status, body } = await ask(harness.app, method, params, { token: ada })
      expect([status, body.error.code]).toEqual([200, -32602])
      expect((await ask(harness.app, 'tools/list', {}, { token: ada })).status).toBe(200)
      harness.audits()
    }
  },
)

test('an initialize that does not fit opens nothing, and is an error of the client', async () => {
  for (const params of [{}, { ...INITIALIZE.params, capabilities: 'all' }, { ...INITIALIZE.params, clientInfo: 7 }]) {
    const { status, headers, body } = await post(harness.app, { ...INITIALIZE, params }, { token: ada })
    expect([status, body.error.code === -32603]).toEqual([400, false])
    expect(headers).not.toHaveProperty('mcp-session-id')
  }
  expect((await post(harness.app, INITIALIZE, { token: ada })).status).toBe(200)
})

describe('a notification', () => {
  test.each([
    'notifications/initialized',
    'notifications/cancelled',
    'notifications/progress',
    'notifications/roots/list_changed',
    'notifications/nobody',
  ])('BA-08, TR-06, TR-36, TL-04: %s is 202 without a body in both eras, with headers or not', async (method) => {
    const body = { jsonrpc: '2.0', method, params: { requestId: 99, progressToken: 99, progress: 1 } }
    for (const headers of [{ 'mcp-protocol-version': MODERN }, { 'mcp-protocol-version': LEGACY }, {}]) {
      const { status, text } = await post(harness.app, body, { token: ada, headers })
      expect([headers, status, text]).toEqual([headers, 202, ''])
    }
  })

  test('BA-08: a call without an id is no call: nothing runs, and nothing is answered', async () => {
    for (const headers of [{ 'mcp-protocol-version': MODERN }, { 'mcp-protocol-version': LEGACY }]) {
      const body = { jsonrpc: '2.0', method: 'tools/call', params: { name: 'whoami', _meta: META } }
      const { text } = await post(harness.app, body, { token: ada, headers })
      expect(text).not.toContain('"result"')
    }
  })
})

describe('a request of 2026-07-28', () => {
  const { 'io.modelcontextprotocol/protocolVersion': version, 'io.modelcontextprotocol/clientCapabilities': can } = META
  test.each([
    ['_meta', undefined],
    ['a version in it', { 'io.modelcontextprotocol/clientCapabilities': can }],
    ['capabilities in it', { 'io.modelcontextprotocol/protocolVersion': version }],
  ])('BA-12: without %s is 400 with -32602', async (_what, meta) => {
    const { status, body } = await withMeta('tools/list', {}, meta)
    expect([status, body.error.code, body.id]).toEqual([400, -32602, 1])
  })

  test('BA-13: need not say which client it comes from', async () => {
    expect(META).not.toHaveProperty('io.modelcontextprotocol/clientInfo')
    expect((await withMeta('tools/list', {}, META)).status).toBe(200)
  })

  test('BA-11, TR-22: of a version that there is not is told which there are, those of server/discover', async () => {
    const unknown = { ...META, 'io.modelcontextprotocol/protocolVersion': 'v999.0.0' }
    const { status, body } = await withMeta('tools/list', {}, unknown, {
      headers: { 'mcp-protocol-version': 'v999.0.0' },
    })
    expect([status, body.error.code, body.error.data.requested]).toEqual([400, -32022, 'v999.0.0'])
    const { result } = (await modern(harness.app, 'server/discover', {}, { token: ada })).body
    expect(body.error.data.supported.length).toBeGreaterThan(0)
    expect(result.supportedVersions).toEqual(expect.arrayContaining(body.error.data.supported))
  })

  test('BA-14, BA-15, MR-03: of a client that can be asked nothing, now, is refused whatever it could before', async () => {
    const able = { ...META, 'io.modelcontextprotocol/clientCapabilities': { elicitation: {} } }
    const first = await withMeta('tools/call', { name: 'asking' }, able)
    expect(first.body.result.resultType).toBe('input_required')
    const { status, body } = await withMeta('tools/call', { name: 'asking' }, META)
    expect([status, body.error.code, body.id]).toEqual([400, -32021, 1])
    expect(body.error.data.requiredCapabilities).toEqual({ elicitation: expect.any(Object) })
  })

  test('BA-26: with a level of logging that there is not is -32602', async () => {
    const { body } = await withMeta(
      'tools/call',
      { name: 'talking' },
      { ...META, 'io.modelcontextprotocol/logLevel': 'shout' },
    )
    expect(body.error.code).toBe(-32602)
    const older = await legacy(harness.app, 'logging/setLevel', { level: 'shout' }, { token: ada })
    expect(older.body.error.code).toBe(-32602)
  })

  test('BA-20: is offered no extension, so none is forced on anybody', async () => {
    const { body } = await modern(harness.app, 'server/discover', {}, { token: ada })
    expect(body.result.capabilities).not.toHaveProperty('extensions')
    const { capabilities } = (await post(harness.app, INITIALIZE, { token: ada })).body.result
    expect(capabilities).not.toHaveProperty('extensions')
    expect(capabilities).not.toHaveProperty('experimental')
  })

  test('BA-21: and gets keys in _meta that keep to their grammar, and are of the protocol', async () => {
    const answers: Answer[] = []
    for (const method of [
      'server/discover',
      'tools/list',
      'resources/list',
      'resources/templates/list',
      'prompts/list',
    ])
      answers.push(await modern(harness.app, method, {}, { token: ada }))
    answers.push(await modern(harness.app, 'tools/call', { name: 'whoami' }, { token: ada }))
    answers.push(await modern(harness.app, 'resources/read', { uri: 'notes://all' }, { token: ada }))
    const keys = new Set(answers.flatMap(({ body }) => metaKeys(body)))
    expect(keys.size).toBeGreaterThan(0)
    for (const key of keys) expect(key).toMatch(/^io\.modelcontextprotocol\/[a-zA-Z][a-zA-Z]*$/)
  })
})

/** The keys of every `_meta` in a message, wherever it stands. */
function metaKeys(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    name === '_meta' && typeof inner === 'object' && inner !== null ? Object.keys(inner) : metaKeys(inner),
  )
}

describe('two machines that share a secret', () => {
  const environment = { NODE_ENV: 'test', MCP_STATE_SECRET: 'a secret that has more than 32 characters' }
  let issuer: TestIssuer
  const machines: Harness[] = []
  beforeAll(async () => {
    issuer = await createTestIssuer({ audience: RESOURCE })
    for (let machine = 0; machine < 2; machine += 1) {
      machines.push(await createHarness({ issuer, tools: { asking }, server: { environment } }))
    }
  })
  afterAll(async () => {
    for (const machine of machines) await machine.close()
  })

  test('BA-16, BA-17: one asks, and the other takes the answer: the request says all that there is to know', async () => {
    const [one, two] = machines
    if (one === undefined || two === undefined) throw new Error('There are two machines.')
    const token = await one.token({ subject: 'ada' })
    const call = (machine: Harness, more: object): Promise<Answer> =>
      post(
        machine.app,
        {
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: {
            name: 'asking',
            ...more,
            _meta: { ...META, 'io.modelcontextprotocol/clientCapabilities': { elicitation: {} } },
          },
        },
        { token, headers: { 'mcp-protocol-version': MODERN, 'mcp-method': 'tools/call', 'mcp-name': 'asking' } },
      )
    const asked = await call(one, {})
    const answered = await call(two, {
      requestState: asked.body.result.requestState,
      inputResponses: { who: { action: 'accept', content: { name: 'Ada' } } },
    })
    expect(answered.body.result.content[0].text).toContain('Ada')
  })
})
