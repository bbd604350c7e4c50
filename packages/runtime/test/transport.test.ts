import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import type { Changes } from '../src/index.js'
import type { SampleTool } from './support/definition.js'
import { createHarness, type Harness, LEGACY, legacy, MODERN, modern, post, send } from './support/harness.js'
import { type OpenAnswer, open } from './support/streams.js'

const META = {
  'io.modelcontextprotocol/protocolVersion': MODERN,
  'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
}
let changes: Changes
/** Resolves what the tool `echo` waits for. */
const waiting = new Map<string, () => void>()

interface Telling {
  progress(step: { progress: number; message: string }): Promise<void>
  ask(questions: object): Promise<unknown>
}

const tools: Record<string, SampleTool> = {
  echo: {
    access: { access: 'authenticated', uses: ['progress'] },
    input: z.object({ text: z.string() }),
    async run({ text }: { text: string }, context: unknown) {
      await (context as Telling).progress({ progress: 1, message: text })
      await new Promise<void>((resolve) => waiting.set(text, resolve))
      await (context as Telling).progress({ progress: 2, message: text })
      return text
    },
  },
  asking: {
    access: { access: 'authenticated', uses: ['elicitation', 'progress'] },
    async run(_input: unknown, context: unknown) {
      const params = { message: 'Who?', requestedSchema: { type: 'object', properties: { name: { type: 'string' } } } }
      await (context as Telling).progress({ progress: 1, message: 'asking' })
      return JSON.stringify(await (context as Telling).ask({ who: { kind: 'elicitation', mode: 'form', params } }))
    },
  },
  plain: { access: { access: 'authenticated' }, run: () => 'plain' },
  change: {
    access: { access: 'authenticated', uses: ['changes'] },
    run: () => 'changed',
  },
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
    offers: {
      resources: {
        all: {
          uri: 'notes://all',
          access: { access: 'scopes', scopes: ['notes:read'], subscribe: true },
          module: { subscribe: true, read: () => 'all' },
        },
      },
      prompts: { hello: { access: { access: 'authenticated' }, module: { run: () => 'Hello' } } },
    },
    server: { allowedHosts: ['127.0.0.1'] },
  })
  await harness.app.listen({ host: '127.0.0.1', port: 0 })
  ada = await harness.token({ scopes: ['notes:read'], subject: 'ada' })
})
afterEach(() => {
  for (const stream of streams.splice(0)) stream.leave()
})
afterAll(() => harness.close())

async function opened(request: Parameters<typeof open>[2], token = ada): Promise<OpenAnswer> {
  const stream = await open(harness.app, token, request)
  streams.push(stream)
  return stream
}

function call(name: string, args: object, id: unknown, progressToken?: string): Promise<OpenAnswer> {
  const _meta = { ...META, ...(progressToken === undefined ? {} : { progressToken }) }
  return opened({
    headers: { 'mcp-protocol-version': MODERN, 'mcp-method': 'tools/call', 'mcp-name': name },
    body: { jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: args, _meta } },
  })
}

function listenBody(notifications: object, id: unknown): object {
  return { jsonrpc: '2.0', id, method: 'subscriptions/listen', params: { notifications, _meta: META } }
}

function listen(notifications: object, id: unknown = 7): Promise<OpenAnswer> {
  return opened({
    headers: { 'mcp-protocol-version': MODERN, 'mcp-method': 'subscriptions/listen' },
    body: listenBody(notifications, id),
  })
}

async function rest(stream: OpenAnswer): Promise<unknown[]> {
  const messages: unknown[] = []
  for (let next = await stream.next(); next !== undefined; next = await stream.next()) messages.push(next)
  return messages
}

describe('the endpoint in 2026-07-28', () => {
  test('TR-01, TR-12: is one path that takes POST, and there is no other', async () => {
    expect((await modern(harness.app, 'tools/list', {}, { token: ada })).status).toBe(200)
    for (const url of ['/sse', '/messages', '/mcp/sse', '/mcp/messages', '/message']) {
      for (const method of ['GET', 'POST'] as const) {
        expect((await send(harness.app, { method }, { token: ada, url })).status).toBe(404)
      }
    }
  })

  test('TR-05: takes one message: no array, and no answer of a client', async () => {
    const request = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: META } }
    const headers = { 'mcp-protocol-version': MODERN, 'mcp-method': 'tools/list' }
    const batch = await post(harness.app, [request], { token: ada, headers })
    expect([batch.status, batch.body.error.code]).toEqual([400, -32600])
    for (const body of [
      { jsonrpc: '2.0', id: 1, result: {} },
      { jsonrpc: '2.0', id: 1, error: { code: -32600, message: 'no' } },
    ]) {
      const { status } = await post(harness.app, body, { token: ada, headers: { 'mcp-protocol-version': MODERN } })
      expect(status).toBe(400)
    }
  })

  test('TR-07, TL-05: answers with one object, or with a stream when something comes before', async () => {
    for (const ask of [modern, legacy]) {
      const { headers, body } = await ask(harness.app, 'tools/list', {}, { token: ada })
      expect(String(headers['content-type'])).toMatch(/^(application\/json|text\/event-stream)/)
      expect(body.result.tools).toHaveLength(4)
    }
    const asked = await call('asking', {}, 1, 'p')
    expect(asked.headers.get('content-type')).toContain('text/event-stream')
  })

  test('TR-08: wants a client to accept both, however it says so, and says 406 otherwise', async () => {
    for (const accept of ['*/*', 'text/event-stream, application/json;q=0.9', 'application/json, text/*']) {
      const { status } = await modern(harness.app, 'tools/list', {}, { token: ada, headers: { accept } })
      expect([accept, status]).toEqual([accept, 200])
    }
    for (const accept of ['text/html', 'image/png']) {
      const { status } = await legacy(harness.app, 'tools/list', {}, { token: ada, headers: { accept } })
      expect([accept, status]).toEqual([accept, 406])
    }
  })

  test.each(['ping', 'logging/setLevel', 'resources/subscribe', 'resources/unsubscribe', 'initialize', 'tasks/list'])(
    'TR-10: has no %s: 404 with -32601',
    async (method) => {
      const { status, body } = await modern(harness.app, method, { uri: 'notes://all' }, { token: ada })
      expect([status, body.error.code, body.id]).toEqual([404, -32601, 1])
    },
  )

  test('TR-09: knows no sessions and no resumption: headers of that name mean nothing', async () => {
    const headers = { 'mcp-session-id': 'somebody', 'last-event-id': '7' }
    const answer = await modern(harness.app, 'tools/list', {}, { token: ada, headers })
    expect(answer.status).toBe(200)
    expect(answer.headers).not.toHaveProperty('mcp-session-id')
  })

  test.each([
    ['TR-20: no version', 'tools/list', {}, { 'mcp-protocol-version': '' }],
    [
      'TR-21: another version, although there is none of that name',
      'tools/list',
      {},
      { 'mcp-protocol-version': 'v999' },
    ],
    ['TR-23: no method', 'tools/list', {}, { 'mcp-method': '' }],
    ['TR-23: the method in capitals', 'tools/list', {}, { 'mcp-method': 'TOOLS/LIST' }],
    ['TR-24: no name of a tool', 'tools/call', { name: 'plain' }, { 'mcp-name': '' }],
    ['TR-24: the name in capitals', 'tools/call', { name: 'plain' }, { 'mcp-name': 'PLAIN' }],
    ['TR-24: no name of a prompt', 'prompts/get', { name: 'hello' }, { 'mcp-name': '' }],
    ['TR-24: another URI', 'resources/read', { uri: 'notes://all' }, { 'mcp-name': 'notes://other' }],
    ['TR-29: a name that cannot be decoded', 'tools/call', { name: 'plain' }, { 'mcp-name': '=?base64?cGxhaW4?=' }],
    ['TR-28: half a marker', 'tools/call', { name: 'plain' }, { 'mcp-name': '=?BASE64?cGxhaW4=?=' }],
  ])('TR-32: %s in the headers is 400 with -32020', async (_what, method, params, headers) => {
    const { status, body } = await modern(harness.app, method, params, { token: ada, headers })
    expect([status, body.error.code, body.id]).toEqual([400, -32020, 1])
  })

  test.each([
    ['TR-25: names in any case', { 'MCP-METHOD': 'tools/call', 'Mcp-Name': 'plain' }],
    ['TR-26: space around a name', { 'mcp-name': '  plain ' }],
    ['TR-27: a name in Base64', { 'mcp-name': '=?base64?cGxhaW4=?=' }],
  ])('%s is fine', async (_what, headers) => {
    const { body } = await modern(harness.app, 'tools/call', { name: 'plain' }, { token: ada, headers })
    expect(body.result.content[0].text).toBe('plain')
  })
})

describe('a stream of 2026-07-28', () => {
  test('TR-40, TR-42, TR-46, BA-24: carries what belongs to its call, in order, then the answer, and ends', async () => {
    const [one, two] = [
      await call('echo', { text: 'one' }, 'id-1', 't1'),
      await call('echo', { text: 'two' }, 'id-2', 't2'),
    ]
    const progress = (progressToken: string, message: string, step: number): object => ({
      method: 'notifications/progress',
      params: { progressToken, message, progress: step },
    })
    expect(await one.next()).toMatchObject(progress('t1', 'one', 1))
    expect(await two.next()).toMatchObject(progress('t2', 'two', 1))
    waiting.get('two')?.()
    waiting.get('one')?.()
    for (const [stream, id, token, text] of [
      [one, 'id-1', 't1', 'one'],
      [two, 'id-2', 't2', 'two'],
    ] as const) {
      const messages = await rest(stream)
      expect(messages).toMatchObject([progress(token, text, 2), { id, result: { content: [{ text }] } }])
      expect(stream.lastId()).toBeUndefined()
    }
  })

  test('TR-41, MR-01: carries no request of the server: what it wants to know is the answer', async () => {
    const messages = (await rest(await call('asking', {}, 1, 'p'))) as { method?: string; result?: object }[]
    expect(messages.map(({ method }) => method)).toEqual(['notifications/progress', undefined])
    expect(messages[1]?.result).toMatchObject({ resultType: 'input_required' })
  })

  test('TR-43: asks whatever stands between not to hold it back', async () => {
    for (const stream of [await call('asking', {}, 1, 'p'), await listen({ toolsListChanged: true })]) {
      expect(stream.headers.get('x-accel-buffering')).toBe('no')
    }
  })

  test('TR-44: is kept open by comments while there is nothing to tell', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const controller = new AbortController()
    try {
      const { port } = harness.app.server.address() as AddressInfo
      const response = await fetch(`http://127.0.0.1:${port}/mcp`, {
        method: 'POST',
        signal: controller.signal,
        headers: {
          authorization: `Bearer ${ada}`,
          accept: 'application/json, text/event-stream',
          'content-type': 'application/json',
          'mcp-protocol-version': MODERN,
          'mcp-method': 'subscriptions/listen',
        },
        body: JSON.stringify(listenBody({ toolsListChanged: true }, 7)),
      })
      const text = response.body?.pipeThrough(new TextDecoderStream()).getReader()
      expect((await text?.read())?.value).toContain('acknowledged')
      vi.advanceTimersByTime(30_000)
      expect((await text?.read())?.value).toMatch(/^:[^\n]*\n\n/)
    } finally {
      controller.abort()
      vi.useRealTimers()
    }
  })

  test.each([7, 'seven', 0])('TR-47, TR-48: of changes says first what it tells, and which it is: %j', async (id) => {
    const stream = await listen({ toolsListChanged: true, resourceSubscriptions: ['notes://all'] }, id)
    const _meta = { 'io.modelcontextprotocol/subscriptionId': id }
    expect(await stream.next()).toMatchObject({
      method: 'notifications/subscriptions/acknowledged',
      params: { notifications: { toolsListChanged: true, resourceSubscriptions: ['notes://all'] }, _meta },
    })
    changes.toolList()
    expect(await stream.next()).toMatchObject({ method: 'notifications/tools/list_changed', params: { _meta } })
    changes.resource('notes://all')
    expect(await stream.next()).toMatchObject({ method: 'notifications/resources/updated', params: { _meta } })
  })

  test('TR-49, TR-51: of changes tells what was asked for, and nothing else', async () => {
    const [prompts, all] = [
      await listen({ promptsListChanged: true }),
      await listen({ promptsListChanged: true, toolsListChanged: true, resourcesListChanged: true }),
    ]
    await Promise.all([prompts.next(), all.next()])
    changes.toolList()
    changes.resourceList()
    changes.resource('notes://all')
    changes.promptList()
    expect((await prompts.next()).method).toBe('notifications/prompts/list_changed')
    const told = [await all.next(), await all.next(), await all.next()].map(({ method }) => method)
    expect(told.sort()).toEqual([
      'notifications/prompts/list_changed',
      'notifications/resources/list_changed',
      'notifications/tools/list_changed',
    ])
  })
})

test('D5, D12: an older request may carry what the newer one has to, and is not asked for it', async () => {
  const headers = { 'mcp-method': 'other', 'mcp-name': 'other' }
  expect((await legacy(harness.app, 'tools/list', {}, { token: ada, headers })).status).toBe(200)
  const silent = await legacy(
    harness.app,
    'tools/list',
    {},
    { token: ada, headers: { 'mcp-protocol-version': MODERN } },
  )
  expect([silent.status, silent.body.error.code]).toEqual([400, -32602])
  expect(LEGACY < MODERN).toBe(true)
})
