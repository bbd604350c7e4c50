import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Use } from '../src/index.js'
import type { SampleTool } from './support/definition.js'
import { createHarness, type Harness, legacy, MODERN, modern, post } from './support/harness.js'

type Context = Readonly<Record<string, (...args: unknown[]) => unknown>>

const tool = (uses: readonly Use[], run: (context: Context) => unknown): SampleTool => ({
  access: { access: 'authenticated', ...(uses.length === 0 ? {} : { uses }) },
  run: (_input: unknown, context: unknown) => run(context as Context),
})

const GIVEN: Readonly<Record<Use, readonly string[]>> = {
  progress: ['progress'],
  logging: ['log'],
  elicitation: ['ask', 'canAsk'],
  sampling: ['ask', 'canAsk'],
  roots: ['ask', 'canAsk'],
  changes: ['changes'],
  polling: ['hangUp'],
}

describe('what a tool uses', () => {
  const seen: string[][] = []
  let harness: Harness
  let token: string
  beforeAll(async () => {
    const keys = (context: Context): string => {
      seen.push(Object.keys(context).sort())
      return 'done'
    }
    harness = await createHarness({
      tools: {
        nothing: tool([], keys),
        ...Object.fromEntries((Object.keys(GIVEN) as Use[]).map((use) => [use, tool([use], keys)])),
        far: tool(['progress'], async ({ progress }) => {
          for (const done of [0, 50, 50, 20, 100]) await progress?.({ progress: done, total: 100, secret: 'hunter2' })
          return 'done'
        }),
        nan: tool(['progress'], ({ progress }) => progress?.({ progress: Number.NaN })),
        talk: tool(['logging'], async ({ log }) => {
          await log?.('debug', 'small')
          await log?.('error', { large: true })
          return 'done'
        }),
        shout: tool(['logging'], ({ log }) => log?.('shout', 'hunter2')),
        away: tool(['polling'], ({ hangUp }) => {
          hangUp?.()
          return 'still here'
        }),
      },
    })
    token = await harness.token()
  })
  afterAll(() => harness.close())

  test.each(Object.entries(GIVEN))('%s gives its handler just that', async (use, given) => {
    seen.length = 0
    await modern(harness.app, 'tools/call', { name: use, arguments: {} }, { token })
    expect(seen).toEqual([['caller', 'request', 'services', 'signal', ...given].sort()])
  })

  test('a handler that uses nothing is given nothing', async () => {
    seen.length = 0
    await modern(harness.app, 'tools/call', { name: 'nothing', arguments: {} }, { token })
    expect(seen).toEqual([['caller', 'request', 'services', 'signal']])
  })

  const call = (name: string, meta: object = {}): ReturnType<typeof post> =>
    post(
      harness.app,
      {
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: {
          name,
          arguments: {},
          _meta: {
            'io.modelcontextprotocol/protocolVersion': MODERN,
            'io.modelcontextprotocol/clientCapabilities': {},
            ...meta,
          },
        },
      },
      { token, headers: { 'mcp-protocol-version': MODERN, 'mcp-method': 'tools/call', 'mcp-name': name } },
    )

  test('BA-24: progress goes to a client that asked, with its token, and only ever grows', async () => {
    const { body } = await call('far', { progressToken: 'mine' })
    expect(body.slice(0, -1).map(({ params }: { params: unknown }) => params)).toEqual([
      { progressToken: 'mine', progress: 0, total: 100 },
      { progressToken: 'mine', progress: 50, total: 100 },
      { progressToken: 'mine', progress: 100, total: 100 },
    ])
    expect(body.at(-1).result.content).toEqual([{ type: 'text', text: 'done' }])
  })

  test('and to nobody else', async () => {
    const { body, headers } = await call('far')
    expect(headers['content-type']).toContain('application/json')
    expect(body.result.content).toEqual([{ type: 'text', text: 'done' }])
  })

  test('progress that is no number fails the tool, and is not sent', async () => {
    const { body } = await call('nan', { progressToken: 1 })
    expect(body.result.isError).toBe(true)
  })

  test('BA-25: a client of 2026-07-28 that names no level gets no log message', async () => {
    const { body } = await call('talk')
    expect(body.result.content).toEqual([{ type: 'text', text: 'done' }])
  })

  test('2026-07-28: a client that names one gets those from there on, with the name of the tool', async () => {
    const { body } = await call('talk', { 'io.modelcontextprotocol/logLevel': 'warning' })
    expect(body).toHaveLength(2)
    expect(body[0]).toMatchObject({
      method: 'notifications/message',
      params: { level: 'error', data: { large: true }, logger: 'talk' },
    })
  })

  test('a level that does not exist fails the tool', async () => {
    const { body, text } = await call('shout', { 'io.modelcontextprotocol/logLevel': 'debug' })
    expect(body.result.isError).toBe(true)
    expect(text).not.toContain('hunter2')
  })

  test('hanging up where nobody can come back leaves the answer where it is', async () => {
    const { body } = await call('away')
    expect(body.result.content).toEqual([{ type: 'text', text: 'still here' }])
  })

  test('BA-18: logging is announced, and its level accepted in the older eras, where a tool logs', async () => {
    const { body } = await modern(harness.app, 'server/discover', {}, { token })
    expect(body.result.capabilities).toEqual({ tools: { listChanged: true }, logging: {} })
    expect((await legacy(harness.app, 'logging/setLevel', { level: 'info' }, { token })).body.result).toEqual({})
  })
})

describe('content', () => {
  let harness: Harness
  let token: string
  const answers: Readonly<Record<string, unknown>> = {
    everything: [
      { type: 'text', text: 'a', annotations: { audience: ['user', 'root'], priority: 0.5, secret: 'hunter2' } },
      { type: 'image', data: new Uint8Array([0, 255]).subarray(1), mimeType: 'image/png', secret: 'hunter2' },
      { type: 'audio', data: 'AA==', mimeType: 'audio/wav' },
      { type: 'resource', resource: { uri: 'a://b', mimeType: 'a/b', text: 'c', secret: 'hunter2' } },
      { type: 'resource', resource: { uri: 'a://b', blob: new Uint8Array([255]) } },
      { type: 'resource_link', uri: 'a://b', name: 'b', title: 'B', secret: 'hunter2' },
    ],
    no_type: [{ text: 'hunter2' }],
    other_type: [{ type: 'video', data: 'hunter2' }],
    no_bytes: [{ type: 'image', data: 1, mimeType: 'image/png', secret: 'hunter2' }],
    no_uri: [{ type: 'resource', resource: { text: 'hunter2' } }],
    two_kinds: [{ type: 'resource', resource: { uri: 'a://b', secret: 'hunter2' } }],
    no_name: [{ type: 'resource_link', uri: 'hunter2' }],
    odd_title: [{ type: 'resource_link', uri: 'a://b', name: 'b', title: ['hunter2'] }],
  }
  beforeAll(async () => {
    harness = await createHarness({
      tools: Object.fromEntries(
        Object.entries(answers).map(([name, content]) => [name, tool([], () => ({ content }))]),
      ),
    })
    token = await harness.token()
  })
  afterAll(() => harness.close())

  test('of every kind leaves as what it is, bytes as base64, and nothing else of it', async () => {
    const { body, text } = await modern(harness.app, 'tools/call', { name: 'everything', arguments: {} }, { token })
    expect(body.result.content).toEqual([
      { type: 'text', text: 'a', annotations: { audience: ['user'], priority: 0.5 } },
      { type: 'image', data: '/w==', mimeType: 'image/png' },
      { type: 'audio', data: 'AA==', mimeType: 'audio/wav' },
      { type: 'resource', resource: { uri: 'a://b', mimeType: 'a/b', text: 'c' } },
      { type: 'resource', resource: { uri: 'a://b', blob: '/w==' } },
      { type: 'resource_link', uri: 'a://b', name: 'b', title: 'B' },
    ])
    expect(text).not.toContain('hunter2')
  })

  test.each(Object.keys(answers).filter((name) => name !== 'everything'))('%s is no content', async (name) => {
    const { body, text } = await modern(harness.app, 'tools/call', { name, arguments: {} }, { token })
    expect(body.result.isError).toBe(true)
    expect(text).not.toContain('hunter2')
  })
})
