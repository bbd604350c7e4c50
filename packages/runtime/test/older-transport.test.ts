import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Changes } from '../src/index.js'
import type { SampleTool } from './support/definition.js'
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
import { type OpenAnswer, open } from './support/streams.js'

interface Context {
  readonly signal: AbortSignal
  ask(questions: object): Promise<unknown>
  hangUp(): void
}
let changes: Changes
/** Resolves with the signal of the tool `work`, by the id of its call. */
let begun: (signal: AbortSignal) => void = () => {}
let finish: () => void = () => {}

const tools: Record<string, SampleTool> = {
  ask: {
    access: { access: 'authenticated', uses: ['elicitation'] },
    async run(_input: unknown, context: unknown) {
      const params = { message: 'Who?', requestedSchema: { type: 'object', properties: { name: { type: 'string' } } } }
      return JSON.stringify(await (context as Context).ask({ who: { kind: 'elicitation', mode: 'form', params } }))
    },
  },
  leave: {
    access: { access: 'authenticated', uses: ['polling'] },
    run(_input: unknown, context: unknown) {
      ;(context as Context).hangUp()
      return 'for whoever comes back'
    },
  },
  work: {
    access: { access: 'authenticated' },
    async run(_input: unknown, { signal }: { readonly signal: AbortSignal }) {
      begun(signal)
      await new Promise<void>((resolve) => {
        finish = resolve
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
      return signal.aborted ? 'stopped' : 'done'
    },
  },
  change: { access: { access: 'authenticated', uses: ['changes'] }, run: () => 'changed' },
}

let harness: Harness
let ada: string
const streams: OpenAnswer[] = []
beforeAll(async () => {
  harness = await createHarness({
    tools,
    services: {
      open(boot) {
        changes = boot.changes
        return {}
      },
    },
    server: { allowedHosts: ['127.0.0.1'] },
  })
  await harness.app.listen({ host: '127.0.0.1', port: 0 })
  ada = await harness.token({ subject: 'ada' })
})
afterEach(() => {
  for (const stream of streams.splice(0)) stream.leave()
})
afterAll(() => harness.close())

type Headers = Record<string, string>

async function initialize(token = ada, capabilities: object = { elicitation: {} }): Promise<[Headers, Answer]> {
  const answer = await post(harness.app, { ...INITIALIZE, params: { ...INITIALIZE.params, capabilities } }, { token })
  return [{ 'mcp-session-id': String(answer.headers['mcp-session-id']), 'mcp-protocol-version': LEGACY }, answer]
}
async function start(token = ada, capabilities?: object): Promise<Headers> {
  const [headers] = await initialize(token, capabilities)
  await post(harness.app, { jsonrpc: '2.0', method: 'notifications/initialized' }, { token, headers })
  return headers
}
async function opened(request: Parameters<typeof open>[2], token = ada): Promise<OpenAnswer> {
  const stream = await open(harness.app, token, request)
  streams.push(stream)
  return stream
}
const call = (name: string, headers: Headers, id: unknown = 5): Promise<OpenAnswer> =>
  opened({ headers, body: { jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: {} } } })
/** The next message that is one: streams begin with an event that is only an id. */
async function message(stream: OpenAnswer): ReturnType<OpenAnswer['next']> {
  const next = await stream.next()
  return next !== undefined && Object.keys(next).length === 0 ? message(stream) : next
}

describe('a session of 2025-11-25', () => {
  test('TL-01, TL-02: has one path, for POST and for the stream of GET', async () => {
    const headers = await start()
    expect((await legacy(harness.app, 'ping', {}, { token: ada, headers })).status).toBe(200)
    const stream = await opened({ method: 'GET', headers })
    expect([stream.status, stream.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
  })

  test('TL-09, TL-15: has an id of visible ASCII that nobody guesses', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, async () => (await start())['mcp-session-id'] ?? ''))
    for (const id of ids) expect(id).toMatch(/^[\x21-\x7e]{32,}$/)
    expect(new Set(ids).size).toBe(20)
    // No two share a beginning, as counted ones would.
    expect(new Set(ids.map((id) => id.slice(0, 8))).size).toBe(20)
  })

  test('TL-11, TL-12: is ended by DELETE, and 404 from then on, like one that never was', async () => {
    const headers = await start()
    expect((await opened({ method: 'DELETE', headers })).status).toBe(200)
    for (const id of [headers['mcp-session-id'] ?? '', 'nobody', '00000000-0000-4000-8000-000000000000']) {
      const { status } = await legacy(harness.app, 'ping', {}, { token: ada, headers: { 'mcp-session-id': id } })
      expect([id, status]).toEqual([id, 404])
    }
    expect((await initialize())[1].status).toBe(200)
  })

  test('TL-13: survives an unknown method: 200 with -32601, not the 404 that would end it', async () => {
    const headers = await start()
    const { status, body } = await legacy(harness.app, 'foo/bar', {}, { token: ada, headers })
    expect([status, body.error.code]).toEqual([200, -32601])
    expect((await legacy(harness.app, 'ping', {}, { token: ada, headers })).body.result).toEqual({})
  })

  test.each<[string, object, unknown]>([
    ['no method', { jsonrpc: '2.0', id: 9 }, null],
    ['no version of JSON-RPC', { id: 9, method: 'ping' }, 9],
    ['another version of JSON-RPC', { jsonrpc: '1.0', id: 9, method: 'ping' }, 9],
    ['an id that is null', { jsonrpc: '2.0', id: null, method: 'ping' }, null],
    ['nothing of JSON-RPC', { a: 1 }, null],
  ])(
    'BA-03: says of a message with %s what is said without a session: -32600, and not that it is no JSON',
    async (_, message, id) => {
      const headers = { ...(await start()), 'mcp-protocol-version': LEGACY }
      const { status, body } = await post(harness.app, message, { token: ada, headers })
      expect([status, body.error.code, body.id]).toEqual([400, -32600, id])
      expect((await legacy(harness.app, 'ping', {}, { token: ada, headers })).body.result).toEqual({})
    },
  )

  test('D4: takes no message of 2026-07-28, whatever its header says', async () => {
    const headers = { ...(await start()), 'mcp-protocol-version': LEGACY }
    const _meta = {
      'io.modelcontextprotocol/protocolVersion': MODERN,
      'io.modelcontextprotocol/clientCapabilities': {},
    }
    const message = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta } }
    const { status, body } = await post(harness.app, message, { token: ada, headers })
    expect([status, body.error.code, body.id]).toEqual([400, -32020, 1])
  })

  test('TL-14: authenticates nobody: without a token it is 401, whatever is asked', async () => {
    const headers = await start()
    for (const method of ['ping', 'tools/list', 'tools/call']) {
      expect((await legacy(harness.app, method, { name: 'change' }, { headers })).status).toBe(401)
    }
    expect((await legacy(harness.app, 'ping', {}, { token: ada, headers })).status).toBe(200)
  })

  test('TL-15, TL-16: is there for the one who opened it alone', async () => {
    const headers = await start()
    const grace = await harness.token({ subject: 'grace' })
    expect((await legacy(harness.app, 'tools/list', {}, { token: grace, headers })).status).toBe(404)
    const own = await start(grace)
    expect(own['mcp-session-id']).not.toBe(headers['mcp-session-id'])
    expect((await legacy(harness.app, 'ping', {}, { token: grace, headers: own })).status).toBe(200)
  })

  test('TL-17: begins a stream with an id and no data, and says when to come back before it closes one early', async () => {
    const headers = await start()
    const body = { jsonrpc: '2.0', id: 5, method: 'tools/call', params: { name: 'leave', arguments: {} } }
    const { text } = await post(harness.app, body, { token: ada, headers })
    const [first = '', ...others] = text.split('\n\n').filter((event) => event !== '' && !event.startsWith(':'))
    expect(first).toMatch(/^id: \S+$/m)
    expect(first).toMatch(/^data: ?$/m)
    expect(first).toMatch(/^retry: \d+$/m)
    expect(others.join('')).not.toContain('for whoever comes back')
  })

  test('TL-18: replays on the stream that was left what belongs to it, once, and to its owner', async () => {
    const headers = await start()
    const [one, two] = [await call('leave', headers, 'one'), await call('leave', headers, 'two')]
    for (const stream of [one, two]) while ((await stream.next()) !== undefined);
    const [first, second] = [one.lastId() ?? '', two.lastId() ?? '']
    expect(first).not.toBe(second)
    const grace = await harness.token({ subject: 'grace' })
    const stolen = { ...headers, 'last-event-id': first }
    expect((await opened({ method: 'GET', headers: stolen }, grace)).status).toBe(404)
    const others = { ...(await start(grace)), 'last-event-id': first }
    // Nothing of that id was sent in that session.
    expect((await opened({ method: 'GET', headers: others }, grace)).status).toBe(400)
    const back = await opened({ method: 'GET', headers: { ...headers, 'last-event-id': first } })
    expect(await message(back)).toMatchObject({ id: 'one', result: { content: [{ text: 'for whoever comes back' }] } })
  })

  test('TL-19: has a stream that carries no answers, whatever is called meanwhile', async () => {
    const headers = await start()
    const stream = await opened({ method: 'GET', headers })
    await legacy(harness.app, 'tools/list', {}, { token: ada, headers })
    await legacy(harness.app, 'tools/call', { name: 'change' }, { token: ada, headers })
    changes.toolList()
    expect(await message(stream)).toMatchObject({ method: 'notifications/tools/list_changed' })
  })

  test('TL-20: goes on when its client goes away, and stops a call that is cancelled', async () => {
    const headers = await start()
    const began = new Promise<AbortSignal>((resolve) => {
      begun = resolve
    })
    const left = await call('work', headers, 'left')
    const signal = await began
    left.leave()
    await legacy(harness.app, 'ping', {}, { token: ada, headers })
    expect(signal.aborted).toBe(false)
    finish()
    const again = new Promise<AbortSignal>((resolve) => {
      begun = resolve
    })
    await call('work', headers, 'cancelled')
    const other = await again
    const aborted = new Promise((resolve) => other.addEventListener('abort', resolve, { once: true }))
    const cancel = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'cancelled' } }
    expect((await post(harness.app, cancel, { token: ada, headers })).status).toBe(202)
    await aborted
  })

  test('TL-20: a stranger cancels nothing, with or without a session of their own', async () => {
    const headers = await start()
    const began = new Promise<AbortSignal>((resolve) => {
      begun = resolve
    })
    const running = await call('work', headers, 'mine')
    const signal = await began
    const grace = await harness.token({ subject: 'grace' })
    const cancel = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'mine' } }
    expect((await post(harness.app, cancel, { token: grace, headers })).status).toBe(404)
    expect((await post(harness.app, cancel, { token: grace, headers: await start(grace) })).status).toBe(202)
    expect((await post(harness.app, cancel, { token: grace })).status).toBe(202)
    expect(signal.aborted).toBe(false)
    finish()
    expect(await message(running)).toMatchObject({ id: 'mine', result: { content: [{ text: 'done' }] } })
  })

  test('TL-22: whose client did not say that it can be asked is not asked, and the model is told', async () => {
    const headers = await start(ada, {})
    const answered = await message(await call('ask', headers))
    expect(answered).toMatchObject({ id: 5, result: { isError: true } })
  })

  test('TL-23: is told nothing before its client has initialized', async () => {
    const [headers, answer] = await initialize()
    const sent = [answer.body].flat().filter((one) => Object.keys(one).length > 0)
    expect(sent).toMatchObject([{ id: 1, result: { protocolVersion: LEGACY } }])
    expect(sent).toHaveLength(1)
    expect((await legacy(harness.app, 'ping', {}, { token: ada, headers })).body.result).toEqual({})
  })

  test('TL-24: is asked on the stream of the call that asks', async () => {
    const headers = await start()
    const asking = await call('ask', headers)
    const question = await message(asking)
    expect(question.method).toBe('elicitation/create')
    const body = { jsonrpc: '2.0', id: question.id, result: { action: 'decline' } }
    expect((await post(harness.app, body, { token: ada, headers })).status).toBe(202)
    expect(await message(asking)).toMatchObject({ id: 5, result: {} })
  })

  test('TL-26: has no tasks: they are not declared, and not there', async () => {
    const [headers, { body }] = await initialize()
    const { capabilities } = [body].flat().find((one) => one.result !== undefined).result
    expect(capabilities).not.toHaveProperty('tasks')
    for (const method of ['tasks/list', 'tasks/get', 'tasks/result', 'tasks/cancel']) {
      const answer = await legacy(harness.app, method, { taskId: 'x' }, { token: ada, headers })
      expect([method, answer.body.error.code]).toEqual([method, -32601])
    }
  })
})

test('TL-06: initialize never agrees on a revision of the newer era, and that of the newer era is no method', async () => {
  const body = { ...INITIALIZE, params: { ...INITIALIZE.params, protocolVersion: MODERN } }
  const { body: answer } = await post(harness.app, body, { token: ada })
  expect([answer].flat().find((one: { result?: object }) => one.result !== undefined).result.protocolVersion).toBe(
    LEGACY,
  )
  expect((await modern(harness.app, 'initialize', {}, { token: ada })).status).toBe(404)
})
