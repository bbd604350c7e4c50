import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { ConfigurationError } from '../src/index.js'
import { readForm } from '../src/mcp/ask/form-values.js'
import { StateSeal } from '../src/mcp/ask/state-seal.js'
import type { SampleTool } from './support/definition.js'
import { type Answer, createHarness, type Harness, legacy, MODERN, post } from './support/harness.js'

type Answers = Readonly<Record<string, unknown>>
interface Context {
  ask(questions: object): Promise<Answers>
  canAsk(what: string): boolean
}

const form = (properties: object, required: readonly string[] = Object.keys(properties)): object => ({
  kind: 'elicitation',
  mode: 'form',
  params: { message: 'Please', requestedSchema: { type: 'object', properties, required } },
})
const NAME = form({ name: { type: 'string', maxLength: 5 } })
const accept = (content: object): object => ({ action: 'accept', content })

describe('questions in 2026-07-28', () => {
  let harness: Harness
  let ada: string
  const runs: unknown[] = []

  const asker = (run: (context: Context, input: never) => unknown, input?: z.ZodType): SampleTool => ({
    access: { access: 'authenticated', uses: ['elicitation', 'sampling', 'roots'] },
    ...(input ? { input } : {}),
    run: (given: unknown, context: unknown) => {
      runs.push(given)
      return run(context as Context, given as never)
    },
  })

  beforeAll(async () => {
    const ask = async ({ ask }: Context): Promise<string> => JSON.stringify(await ask({ who: NAME }))
    harness = await createHarness({
      tools: {
        hello: asker(ask, z.object({ greeting: z.string(), other: z.string().optional() })),
        other: asker(ask),
        twice: asker(async ({ ask }) => {
          const { one } = await ask({ one: form({ a: { type: 'integer' } }) })
          const { two } = await ask({ two: form({ b: { type: 'boolean' } }) })
          return JSON.stringify([one, two])
        }),
        swallow: asker(async ({ ask }) => {
          await ask({ who: NAME }).catch(() => {})
          return 'hunter2'
        }),
        page: asker(async ({ ask }) =>
          JSON.stringify(
            await ask({
              page: { kind: 'elicitation', mode: 'url', params: { message: 'Pay', url: 'https://pay.example.com/1' } },
            }),
          ),
        ),
        model: asker(async ({ ask }) =>
          JSON.stringify(
            await ask({
              said: {
                kind: 'sampling',
                params: { messages: [{ role: 'user', content: { type: 'text', text: 'Hi' } }], maxTokens: 5 },
              },
              where: { kind: 'roots', params: {} },
            }),
          ),
        ),
        can: asker(({ canAsk }) => ['elicitation', 'visit', 'sampling', 'roots', 'nothing'].filter(canAsk).join(' ')),
        password: asker(({ ask }) => ask({ who: form({ password: { type: 'string' } }) })),
        odd: asker(({ ask }) => ask({ who: 'hunter2' })),
        script: asker(({ ask }) =>
          ask({ page: { kind: 'elicitation', mode: 'url', params: { message: 'Pay', url: 'javascript:hunter2' } } }),
        ),
        narrow: {
          access: { access: 'authenticated', uses: ['roots'] },
          run: (_input: unknown, context: unknown) => (context as Context).ask({ who: NAME }),
        },
        open: {
          access: { access: 'public', uses: ['elicitation'] },
          run: async (_input: unknown, context: unknown) =>
            JSON.stringify(await (context as Context).ask({ who: NAME })),
        },
      },
    })
    ada = await harness.token()
  })
  beforeEach(() => {
    runs.length = 0
    harness.audits()
  })
  afterAll(() => harness.close())

  interface Round {
    readonly args?: object
    readonly answers?: unknown
    readonly state?: unknown
    readonly client?: object
    readonly token?: string | undefined
  }
  const EVERYTHING = { elicitation: { form: {}, url: {} }, sampling: {}, roots: {} }

  function call(name: string, round: Round = {}): Promise<Answer> {
    const { args = {}, answers, state, client = EVERYTHING } = round
    const params = {
      name,
      arguments: args,
      ...(answers === undefined ? {} : { inputResponses: answers }),
      ...(state === undefined ? {} : { requestState: state }),
      _meta: {
        'io.modelcontextprotocol/protocolVersion': MODERN,
        'io.modelcontextprotocol/clientCapabilities': client,
      },
    }
    const headers = { 'mcp-protocol-version': MODERN, 'mcp-method': 'tools/call', 'mcp-name': name }
    const token = 'token' in round ? round.token : ada
    return post(harness.app, { jsonrpc: '2.0', id: 1, method: 'tools/call', params }, { token, headers })
  }
  const args = { greeting: 'Hello' }

  test('MR-01, MR-02: a question that is not answered is the answer, with a state that tells nothing', async () => {
    const { status, body } = await call('hello', { args })
    expect(status).toBe(200)
    expect(body.result.resultType).toBe('input_required')
    expect(body.result.inputRequests).toEqual({
      who: {
        method: 'elicitation/create',
        params: {
          message: 'Please',
          mode: 'form',
          requestedSchema: {
            type: 'object',
            properties: { name: { type: 'string', maxLength: 5 } },
            required: ['name'],
          },
        },
      },
    })
    expect(Buffer.from(body.result.requestState, 'base64url').toString('latin1')).not.toMatch(/Hello|ada|hello/)
    expect(harness.audits()).toMatchObject([{ tool: 'hello', outcome: 'asked' }])
  })

  test('with the answer the handler runs again from its start, and answers', async () => {
    const { body: asked } = await call('hello', { args })
    const state = asked.result.requestState
    const { body } = await call('hello', { args, state, answers: { who: accept({ name: 'Ada' }), extra: accept({}) } })
    expect(body.result.content).toEqual([
      { type: 'text', text: '{"who":{"action":"accept","content":{"name":"Ada"}}}' },
    ])
    expect(runs).toEqual([args, args])
  })

  test('a handler that asks again is told what was answered before, by a state that changes', async () => {
    const one = await call('twice')
    const two = await call('twice', { state: one.body.result.requestState, answers: { one: accept({ a: 1 }) } })
    expect(Object.keys(two.body.result.inputRequests)).toEqual(['two'])
    const state = two.body.result.requestState
    expect(state).not.toBe(one.body.result.requestState)
    // What was answered once is not answered again: the handler may have acted on it.
    const answers = { one: accept({ a: 2 }), two: accept({ b: true }) }
    const { body } = await call('twice', { state, answers })
    expect(JSON.parse(body.result.content[0].text)).toEqual([accept({ a: 1 }), accept({ b: true })])
  })

  test.each([
    ['nothing', undefined],
    ['another name', { someone: accept({ name: 'Ada' }) }],
    ['another kind', { who: { roots: [] } }],
    ['no action', { who: { content: { name: 'Ada' } } }],
    ['an action that does not exist', { who: { action: 'agree', content: { name: 'Ada' } } }],
    ['no content', { who: { action: 'accept' } }],
    ['content that is too long', { who: accept({ name: 'Adalbert' }) }],
    ['content of another type', { who: accept({ name: 1 }) }],
    ['a field that is missing', { who: accept({}) }],
  ])('%s is no answer: it is asked again', async (_what, answers) => {
    const { body: asked } = await call('hello', { args })
    const { body } = await call('hello', { args, state: asked.result.requestState, answers })
    expect(body.result.resultType).toBe('input_required')
    expect(Object.keys(body.result.inputRequests)).toEqual(['who'])
  })

  test.each(['decline', 'cancel'])('a person may %s, and nothing that came with it is passed on', async (action) => {
    const { body } = await call('hello', { args, answers: { who: { action, content: { name: 'Ada' } } } })
    expect(JSON.parse(body.result.content[0].text)).toEqual({ who: { action } })
  })

  test('MR-07: what stands in an answer beside the fields of the form is left out', async () => {
    const { body } = await call('hello', { args, answers: { who: accept({ name: 'Ada', admin: true }) } })
    expect(JSON.parse(body.result.content[0].text)).toEqual({ who: accept({ name: 'Ada' }) })
  })

  describe('a state', () => {
    let state: string
    const answers = { who: accept({ name: 'Ada' }) }
    beforeAll(async () => {
      state = (await call('hello', { args })).body.result.requestState
    })
    const refused = async (round: Round, name = 'hello'): Promise<void> => {
      runs.length = 0
      const { status, body, text } = await call(name, { args, state, answers, ...round })
      expect([status, body.error?.code]).toEqual([200, -32602])
      expect(body.error.data).toEqual({ reason: 'invalid_request_state' })
      expect(text).not.toContain('Ada')
      expect(runs).toEqual([])
    }

    test('is good for the same call, whatever the order of its arguments', async () => {
      const twoArgs = { greeting: 'Hello', other: 'x' }
      const own = (await call('hello', { args: twoArgs })).body.result.requestState
      const { body } = await call('hello', { args: { other: 'x', greeting: 'Hello' }, state: own, answers })
      expect(body.result.isError).toBeUndefined()
    })

    test('MR-04: is refused when something was added', () => refused({ state: `${state}-TAMPERED` }))
    test('is refused when a character of it changed', () => {
      const changed = `${state.slice(0, 40)}${state[40] === 'A' ? 'B' : 'A'}${state.slice(41)}`
      return refused({ state: changed })
    })
    test('is refused when it is spelled in another alphabet', () =>
      refused({ state: `${Buffer.from(state, 'base64url').toString('base64')}=` }))
    test('is refused when it is cut', () => refused({ state: state.slice(0, 20) }))
    test('is refused when it is empty', () => refused({ state: '' }))
    test('is refused when it is no text', () => refused({ state: { who: 'ada' } }))
    test('MR-05: is refused for other arguments', () => refused({ args: { greeting: 'Goodbye' } }))
    test('is refused for another tool', () => refused({}, 'other'))
    test('MR-05, EL-06, SB-01, SB-02, TO-32: is refused for another user', async () =>
      refused({ token: await harness.token({ subject: 'grace' }) }))
    test("is refused for the same user's other client", async () =>
      refused({ token: await harness.token({ clientId: 'another-client' }) }))
    test('is refused without a user, and with one if it was given to nobody', async () => {
      const open = (await call('open', { token: undefined })).body.result.requestState
      await refused({ state: open, args: {} }, 'other')
      await refused({ state: open })
    })
  })

  test('MR-05, SB-02, TO-32: a state is good for ten minutes', () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      const seal = new StateSeal(new Uint8Array(32))
      const state = seal.seal({ a: 1 }, 'bound')
      vi.advanceTimersByTime(10 * 60_000 - 1)
      expect(seal.open(state, 'bound')).toEqual({ value: { a: 1 } })
      expect(seal.open(state, 'other')).toBeUndefined()
      expect(new StateSeal(new Uint8Array(32).fill(1)).open(state, 'bound')).toBeUndefined()
      vi.advanceTimersByTime(1)
      expect(seal.open(state, 'bound')).toBeUndefined()
    } finally {
      vi.useRealTimers()
    }
  })

  test('a handler that catches what ask throws has asked all the same', async () => {
    const { body, text } = await call('swallow')
    expect(body.result.resultType).toBe('input_required')
    expect(text).not.toContain('hunter2')
  })

  test('BA-14, MR-03: a client that cannot be asked is told what it lacks, with 400', async () => {
    const { status, body } = await call('model', { client: { elicitation: {} } })
    expect([status, body.error.code]).toEqual([400, -32021])
    expect(Object.keys(body.error.data.requiredCapabilities)).toHaveLength(1)
  })

  test.each([
    [{}, ''],
    [{ elicitation: {} }, 'elicitation'],
    [{ elicitation: { url: {} } }, 'visit'],
    [{ elicitation: { form: {}, url: {} }, roots: {} }, 'elicitation visit roots'],
    [{ sampling: {} }, 'sampling'],
  ])('a handler can tell what %j can be asked', async (client, can) => {
    const { body } = await call('can', { client })
    expect(body.result.content[0].text).toBe(can)
  })

  test('a page is opened or not, and nothing else is learnt from that', async () => {
    const { body: asked } = await call('page')
    expect(asked.result.inputRequests.page.params).toEqual({
      mode: 'url',
      message: 'Pay',
      url: 'https://pay.example.com/1',
    })
    const { body } = await call('page', { answers: { page: accept({ paid: true }) } })
    expect(JSON.parse(body.result.content[0].text)).toEqual({ page: { action: 'accept' } })
  })

  test('what the model said and the roots are read as what they are', async () => {
    const said = { role: 'assistant', content: { type: 'text', text: 'Hi' }, model: 'm', secret: 'hunter2' }
    const where = { roots: [{ uri: 'file:///a', name: 'A', secret: 'hunter2' }] }
    const { body, text } = await call('model', { answers: { said, where } })
    expect(JSON.parse(body.result.content[0].text)).toEqual({
      said: { role: 'assistant', content: { type: 'text', text: 'Hi' }, model: 'm' },
      where: [{ uri: 'file:///a', name: 'A' }],
    })
    expect(text).not.toContain('hunter2')
    const odd = { said: { ...said, role: 'system' }, where: { roots: [{ name: 'no uri' }] } }
    const { body: again } = await call('model', { answers: odd })
    expect(Object.keys(again.result.inputRequests)).toEqual(['said', 'where'])
  })

  test.each(['odd', 'narrow', 'script', 'password'])(
    'EL-01: a handler that asks what it must not fails: %s',
    async (name) => {
      const { body, text } = await call(name)
      expect(body.result.isError).toBe(true)
      expect(text).not.toContain('hunter2')
    },
  )

  test('an older client without a session cannot be asked, and the model is told', async () => {
    const { status, body } = await legacy(harness.app, 'tools/call', { name: 'other', arguments: {} }, { token: ada })
    expect([status, body.result.isError]).toEqual([200, true])
  })
})

describe('a form', () => {
  const read = (field: object, value: unknown): unknown =>
    readForm({ type: 'object', properties: { field }, required: ['field'] }, { field: value })?.field

  test.each([
    [{ type: 'string' }, 'a'],
    [{ type: 'string', minLength: 1, maxLength: 1 }, '😀'],
    [{ type: 'string', format: 'email' }, 'a@b.example'],
    [{ type: 'string', format: 'uri' }, 'https://a.example'],
    [{ type: 'string', format: 'date' }, '2026-07-28'],
    [{ type: 'string', format: 'date-time' }, '2026-07-28T12:00:00Z'],
    [{ type: 'string', enum: ['a', 'b'] }, 'b'],
    [{ type: 'string', oneOf: [{ const: 'a', title: 'A' }] }, 'a'],
    [{ type: 'integer', minimum: 1, maximum: 3 }, 3],
    [{ type: 'number' }, 0.5],
    [{ type: 'boolean' }, false],
    [{ type: 'array', items: { type: 'string', enum: ['a', 'b'] } }, ['a', 'b']],
    [{ type: 'array', items: { anyOf: [{ const: 'a', title: 'A' }] }, maxItems: 1 }, ['a']],
  ])('%j takes %j', (field, value) => expect(read(field, value)).toEqual(value))

  test.each([
    [{ type: 'string' }, 1],
    [{ type: 'string', minLength: 2 }, 'a'],
    [{ type: 'string', maxLength: 1 }, 'ab'],
    [{ type: 'string', format: 'email' }, 'a'],
    [{ type: 'string', format: 'uri' }, 'a b'],
    [{ type: 'string', format: 'date' }, '2026-13-01'],
    [{ type: 'string', format: 'date-time' }, '2026-07-28'],
    [{ type: 'string', enum: ['a'] }, 'b'],
    [{ type: 'string', oneOf: [{ const: 'a', title: 'A' }] }, 'A'],
    [{ type: 'integer' }, 0.5],
    [{ type: 'integer', minimum: 1 }, 0],
    [{ type: 'number', maximum: 1 }, 2],
    [{ type: 'number' }, '1'],
    [{ type: 'boolean' }, 'true'],
    [{ type: 'array', items: { type: 'string', enum: ['a'] } }, ['b']],
    [{ type: 'array', items: { type: 'string', enum: ['a'] }, minItems: 1 }, []],
    [{ type: 'array', items: { type: 'string', enum: ['a'] } }, 'a'],
    [{ type: 'object' }, {}],
  ])('%j refuses %j', (field, value) => expect(read(field, value)).toBeUndefined())
})

test('a secret for the states that is too short stops the boot, and is not repeated', async () => {
  const environment = { NODE_ENV: 'test', MCP_STATE_SECRET: 'hunter2' }
  const error = await createHarness({ server: { environment } }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ConfigurationError)
  expect(String(error)).toContain('MCP_STATE_SECRET')
  expect(String(error)).not.toContain('hunter2')
})
