import { context, propagation, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { afterEach, describe, expect, test } from 'vitest'
import { Grants } from '../../src/guard/grants.js'
import type { ServerDefinition } from '../../src/index.js'
import { Catalogue } from '../../src/mcp/catalogue.js'
import type { Exchange } from '../../src/mcp/exchange.js'
import { CompiledLane } from '../../src/mcp/lanes/compiled-lane.js'
import { MOST_ON_A_PAGE } from '../../src/mcp/page.js'
import { definitionOf } from '../support/definition.js'
import type { Harness } from '../support/harness.js'
import { sampleOffers } from '../support/offers.js'
import { createPair, type Pair, type Sent } from './support/pair.js'
import { tools } from './support/tools.js'
import { legacyRequest, modernRequest } from './support/wire.js'

const METRICS_TOKEN = 'a-token-of-the-metrics-0123456789'
const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'

const REQUESTS: readonly Sent[] = [modernRequest, legacyRequest].flatMap((request) => [
  request('tools/call', { name: 'read', arguments: { limit: 2 } }),
  request('tools/call', { name: 'read', arguments: { limit: 'x' } }),
  request('tools/call', { name: 'write' }),
  request('tools/call', { name: 'secret' }),
  request('tools/call', { name: 'made-up-by-a-client' }),
  request('tools/call', { name: 'fail', arguments: { how: 'thrown' } }),
  request('tools/call', { name: 'fail', arguments: { how: 'told' } }),
  request('tools/call', { name: 'own', arguments: { whose: 'eve' } }),
  request('tools/list'),
  request('server/discover'),
])

describe('what surrounds an answer, with both lanes', () => {
  let pair: Pair | undefined
  afterEach(async () => {
    await pair?.close()
    pair = undefined
    trace.disable()
    context.disable()
    propagation.disable()
  })

  test('metrics count the same', async () => {
    const environment = { NODE_ENV: 'test', METRICS_TOKEN }
    pair = await createPair({ tools, server: { environment } })
    const token = await pair.both.token()
    for (const sent of REQUESTS) await pair.compare({ ...sent, token })
    const counted = async ({ app }: Harness): Promise<readonly string[]> => {
      const headers = { host: 'notes.example.com', authorization: `Bearer ${METRICS_TOKEN}` }
      const { payload } = await app.inject({ url: '/metrics', headers })
      return payload.split('\n').filter((line) => /^mcp_(?!message_duration_seconds_(?:bucket|sum))/.test(line))
    }
    const both = await counted(pair.both)
    expect(both).toContain('mcp_messages_total{method="tools/call",kind="tool",name="read",outcome="answered"} 2')
    expect(both).toContain('mcp_messages_total{method="tools/list",kind="",name="",outcome="answered"} 2')
    expect(both).toContain('mcp_requests_in_flight 0')
    expect(both).toEqual(await counted(pair.sdk))
  })

  test('spans say the same, and hang on the same', async () => {
    const exporter = new InMemorySpanExporter()
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }))
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
    propagation.setGlobalPropagator(new W3CTraceContextPropagator())
    pair = await createPair({ tools })
    const token = await pair.both.token()
    for (const sent of REQUESTS) {
      await pair.compare({ ...sent, token, headers: { ...sent.headers, traceparent: TRACEPARENT } })
      // One of each server, or none of either.
      const [one, other, ...more] = exporter.getFinishedSpans().map((span) => ({
        name: span.name,
        attributes: span.attributes,
        status: span.status,
        parent: span.parentSpanContext?.spanId,
        trace: span.spanContext().traceId,
      }))
      expect(more).toEqual([])
      expect(one).toEqual(other)
      exporter.reset()
    }
  })

  test('limits of a tool and of a caller hold', async () => {
    const limited: typeof tools = (ran) => {
      const { read, ...rest } = tools(ran)
      return read === undefined ? rest : { ...rest, read: { ...read, limits: { perMinute: 3 } } }
    }
    pair = await createPair({ tools: limited })
    const token = await pair.both.token()
    const statuses: number[] = []
    for (let count = 0; count < 5; count += 1) {
      const sent = modernRequest('tools/call', { name: 'read', arguments: {} }, { token })
      statuses.push((await pair.compare(sent)).answer.status)
    }
    expect(statuses).toEqual([200, 200, 200, 429, 429])
  })

  test.each([
    ['no tools, but resources and prompts', () => ({})],
    ['tools, resources and prompts', tools],
  ])('a server with %s', async (_, offered) => {
    pair = await createPair({ tools: offered, offers: sampleOffers([]) })
    const token = await pair.both.token({ scopes: ['notes:write'] })
    for (const sent of REQUESTS) await pair.compare({ ...sent, token })
    for (const request of [modernRequest, legacyRequest]) {
      await pair.compare(request('resources/list', {}, { token }))
      await pair.compare(request('prompts/list', {}, { token }))
    }
  })

  test('a list that is longer than a page, with and without what is hidden', async () => {
    const many: typeof tools = () =>
      Object.fromEntries(
        Array.from({ length: MOST_ON_A_PAGE + 7 }, (_, index) => [
          `tool_${String(index).padStart(4, '0')}`,
          {
            access:
              index % 100 === 1
                ? ({ access: 'scopes', scopes: ['notes:write'], whenDenied: 'hide' } as const)
                : ({ access: 'authenticated' } as const),
            run: () => 'done',
          },
        ]),
      )
    // One secret, as of several processes of one server: what one gives out, the other understands.
    const environment = { NODE_ENV: 'test', MCP_STATE_SECRET: 'known-to-both-for-this-run-only-0123456789' }
    pair = await createPair({ tools: many, server: { environment } })
    for (const scopes of [['notes:write'], []]) {
      const token = await pair.both.token({ scopes })
      for (const request of [modernRequest, legacyRequest]) {
        const { answer, lane } = await pair.compare(request('tools/list', {}, { token }))
        expect(lane).toBe('compiled')
        const { tools: first, nextCursor } = answer.body.result
        expect(first).toHaveLength(MOST_ON_A_PAGE)
        // A cursor that the compiled lane gave is one that the SDK lane goes on from.
        const { answer: rest, lane: next } = await pair.compare(
          request('tools/list', { cursor: nextCursor }, { token }),
        )
        expect(next).toBe('sdk')
        const hidden = scopes.length === 0 ? 6 : 0
        expect(rest.body.result.tools).toHaveLength(7 - hidden)
        expect(rest.body.result).not.toHaveProperty('nextCursor')
      }
    }
  })

  test('icons and metadata, in each revision', async () => {
    const icons = [{ src: 'https://notes.example.com/logo.png', mimeType: 'image/png', sizes: ['48x48'] }]
    const more = (definition: ServerDefinition): ServerDefinition => ({
      ...definition,
      policy: { ...definition.policy, server: { ...definition.policy.server, icons } },
      schemas: Object.fromEntries(
        Object.entries(definition.schemas).map(([name, one]) => [
          name,
          { ...one, icons, _meta: { 'com.example/of': name } },
        ]),
      ),
    })
    pair = await createPair({ tools, more })
    const token = await pair.both.token()
    for (const agent of ['test', 'openai-mcp/1.0.0']) {
      const ask = { token, headers: { 'user-agent': agent } }
      await pair.compare(modernRequest('server/discover', {}, ask))
      await pair.compare(modernRequest('tools/list', {}, ask))
      await pair.compare(modernRequest('tools/call', { name: 'read' }, ask))
      for (const version of ['2025-11-25', '2025-06-18', '2025-03-26']) {
        const headers = { ...ask.headers, 'mcp-protocol-version': version }
        const { answer, lane } = await pair.compare(legacyRequest('tools/list', {}, { token, headers }))
        expect(lane).toBe('compiled')
        expect(answer.text.includes('"icons"')).toBe(version === '2025-11-25')
      }
    }
  })

  test('tools whose names every object has', async () => {
    const odd: typeof tools = () =>
      Object.fromEntries(
        ['constructor', 'toString', 'valueOf', 'hasOwnProperty'].map((name) => [
          name,
          { access: { access: 'authenticated' } as const, run: () => `the tool ${name}` },
        ]),
      )
    pair = await createPair({ tools: odd })
    const token = await pair.both.token()
    for (const request of [modernRequest, legacyRequest]) {
      await pair.compare(request('tools/list', {}, { token }))
      for (const name of ['constructor', 'toString', '__proto__', 'isPrototypeOf', '__defineGetter__']) {
        const { answer, lane } = await pair.compare(request('tools/call', { name }, { token }))
        expect(lane).toBe('compiled')
        const exists = name === 'constructor' || name === 'toString'
        expect(answer.text).toContain(exists ? `the tool ${name}` : 'Unknown tool')
      }
    }
  })
})

test.each(['modern', 'legacy'] as const)('without a grant the compiled lane calls nothing (%s)', async (era) => {
  const ran: string[] = []
  const definition = definitionOf({
    issuers: [],
    tools: { write: { access: { access: 'authenticated' }, run: () => void ran.push('write') } },
  })
  const lane = new CompiledLane(definition.policy.server, new Catalogue(definition))
  // What a request would have that came to the lane without a decision.
  const exchange = {
    grants: new Grants([], new Map(), new Map(), new Map()),
    signal: new AbortController().signal,
  } as unknown as Exchange
  const answer = await lane.answer({ era, id: 1, method: 'tools/call', name: 'write', arguments: {} }, exchange)
  expect(answer instanceof Response).toBe(false)
  expect(JSON.stringify(answer)).toContain('Internal error')
  expect(ran).toEqual([])
})
