import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { afterEach, describe, expect, test } from 'vitest'
import { createHarness, type Harness, legacy, modern, post } from './support/harness.js'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const PARENT = '00f067aa0ba902b7'
const traceparent = `00-${TRACE}-${PARENT}-01`

let harness: Harness | undefined
afterEach(async () => {
  await harness?.close()
  harness = undefined
  trace.disable()
  context.disable()
  propagation.disable()
})

/** What a project does in its own file of instrumentation. */
function record(): InMemorySpanExporter {
  const exporter = new InMemorySpanExporter()
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }))
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(new W3CTraceContextPropagator())
  return exporter
}

async function open(): Promise<Harness> {
  harness = await createHarness()
  return harness
}

const readNotes = { name: 'read_notes', arguments: {} }

describe('a span', () => {
  test('is made of each message, and belongs to the trace that its _meta says', async () => {
    const exporter = record()
    const { app, token } = await open()
    const other = `00-${'b'.repeat(32)}-${'c'.repeat(16)}-01`
    const call = { ...readNotes, _meta: { traceparent, tracestate: 'vendor=1' } }
    await legacy(app, 'tools/call', call, {
      token: await token({ scopes: ['notes:read'] }),
      headers: { traceparent: other },
    })
    const [span, ...more] = exporter.getFinishedSpans()
    expect(more).toEqual([])
    expect(span?.name).toBe('tools/call read_notes')
    expect(span?.kind).toBe(SpanKind.SERVER)
    expect(span?.spanContext().traceId).toBe(TRACE)
    expect(span?.parentSpanContext?.spanId).toBe(PARENT)
    expect(span?.spanContext().traceState?.serialize()).toBe('vendor=1')
    expect(span?.attributes).toEqual({
      'mcp.method.name': 'tools/call',
      'mcp.protocol.version': '2025-11-25',
      'gen_ai.tool.name': 'read_notes',
      'gen_ai.operation.name': 'execute_tool',
      'mcp_secure.outcome': 'answered',
    })
  })

  test('belongs to the trace of the request, where the message says none', async () => {
    const exporter = record()
    const { app, token } = await open()
    await modern(app, 'tools/call', readNotes, {
      token: await token({ scopes: ['notes:read'] }),
      headers: { traceparent },
    })
    const [span] = exporter.getFinishedSpans()
    expect([span?.spanContext().traceId, span?.parentSpanContext?.spanId]).toEqual([TRACE, PARENT])
  })

  test('is the child of the span that something else made of the request, or linked to it', async () => {
    const exporter = record()
    const { app, token } = await open()
    const ada = await token({ scopes: ['notes:read'] })
    const around = trace.getTracer('http').startSpan('POST /mcp')
    await context.with(trace.setSpan(context.active(), around), async () => {
      await modern(app, 'tools/call', readNotes, { token: ada, headers: { traceparent } })
      await legacy(app, 'tools/call', { ...readNotes, _meta: { traceparent } }, { token: ada })
    })
    const [plain, told] = exporter.getFinishedSpans()
    expect(plain?.parentSpanContext?.spanId).toBe(around.spanContext().spanId)
    expect(plain?.links).toEqual([])
    expect([told?.spanContext().traceId, told?.parentSpanContext?.spanId]).toEqual([TRACE, PARENT])
    expect(told?.links.map(({ context: linked }) => linked.spanId)).toEqual([around.spanContext().spanId])
  })

  test('is where the spans of a handler are, and has the trace id of the audit record', async () => {
    const exporter = record()
    const inner = {
      access: { access: 'authenticated' },
      run() {
        trace.getTracer('own').startSpan('query').end()
        return 'done'
      },
    } as const
    harness = await createHarness({ tools: { inner } })
    const { app, token, audits } = harness
    await modern(
      app,
      'tools/call',
      { name: 'inner', arguments: {} },
      { token: await token({ scopes: ['notes:read'] }), headers: { traceparent } },
    )
    const [query, call] = exporter.getFinishedSpans()
    expect([query?.name, call?.name]).toEqual(['query', 'tools/call inner'])
    expect(query?.parentSpanContext?.spanId).toBe(call?.spanContext().spanId)
    expect(audits()[0]?.traceId).toBe(call?.spanContext().traceId)
  })

  test('says that it failed, and nothing of what was thrown', async () => {
    const exporter = record()
    const { app, token } = await open()
    await modern(
      app,
      'tools/call',
      { name: 'crash', arguments: {} },
      { token: await token({ scopes: ['notes:read'] }) },
    )
    const [span] = exporter.getFinishedSpans()
    expect(span?.status).toEqual({ code: SpanStatusCode.ERROR })
    expect(span?.attributes['error.type']).toBe('failed')
    expect(span?.events).toEqual([])
    expect(JSON.stringify([span?.attributes, span?.status])).not.toContain('hunter2')
  })

  test('of a batch is one for each message, each in its own trace', async () => {
    const exporter = record()
    const { app, token } = await open()
    const traces = ['1', '2'].map((digit) => digit.repeat(32))
    const batch = traces.map((id, index) => ({
      jsonrpc: '2.0',
      id: index,
      method: 'tools/call',
      params: { ...readNotes, _meta: { traceparent: `00-${id}-${PARENT}-01` } },
    }))
    await post(app, batch, { token: await token({ scopes: ['notes:read'] }) })
    expect(
      exporter
        .getFinishedSpans()
        .map((span) => span.spanContext().traceId)
        .sort(),
    ).toEqual(traces)
  })

  test('holds nothing that a client made up, and no caller', async () => {
    const exporter = record()
    const { app, token } = await open()
    const ada = await token({ subject: 'ada-the-subject', scopes: ['notes:read'] })
    await legacy(app, 'tools/call', { name: 'made-up' }, { token: ada })
    await legacy(app, 'made/up', {}, { token: ada })
    await legacy(app, 'tools/call', readNotes, { token: ada })
    const text = JSON.stringify(exporter.getFinishedSpans().map(({ name, attributes }) => [name, attributes]))
    expect(text).toContain('read_notes')
    expect(text).not.toMatch(/made.up|ada-the-subject|test-client/)
  })

  test('of what the guard refused is not made: no handler ran', async () => {
    const exporter = record()
    const { app, token } = await open()
    await modern(app, 'tools/call', { name: 'delete_note', arguments: {} }, { token: await token({ scopes: [] }) })
    await modern(app, 'tools/call', readNotes)
    expect(exporter.getFinishedSpans()).toEqual([])
  })

  test.each(['nonsense', `00-${'0'.repeat(32)}-${PARENT}-01`, 42, { a: 1 }])(
    'of a trace that is none, %j, begins one of its own',
    async (wrong) => {
      const exporter = record()
      const { app, token } = await open()
      const answer = await legacy(
        app,
        'tools/call',
        { ...readNotes, _meta: { traceparent: wrong } },
        { token: await token({ scopes: ['notes:read'] }) },
      )
      expect(answer.status).toBe(200)
      for (const span of exporter.getFinishedSpans()) expect(span.parentSpanContext).toBeUndefined()
    },
  )
})

test('without an SDK nothing is recorded and every call is answered', async () => {
  const { app, token, audits } = await open()
  const answer = await modern(app, 'tools/call', readNotes, {
    token: await token({ scopes: ['notes:read'] }),
    headers: { traceparent },
  })
  expect(answer.status).toBe(200)
  expect(audits()[0]?.traceId).toBe(TRACE)
  expect(trace.getActiveSpan()).toBeUndefined()
})

describe('the API that spans are made by', () => {
  const requireHere = createRequire(import.meta.url)
  const apiOf = (file: string): string => createRequire(file).resolve('@opentelemetry/api')

  test.each([
    '@opentelemetry/sdk-trace-base',
    '@opentelemetry/context-async-hooks',
    '@opentelemetry/core',
    'prom-client',
  ])('is the copy that %s has: what one registers, another need not find', (name) => {
    expect(apiOf(requireHere.resolve(name))).toBe(apiOf(import.meta.filename))
  })

  test('is no newer than the SDK takes, whoever installs both', () => {
    const read = (path: string): Record<string, Record<string, string>> => JSON.parse(readFileSync(path, 'utf8'))
    const ours = read(fileURLToPath(new URL('../package.json', import.meta.url))).dependencies?.['@opentelemetry/api']
    const sdk = requireHere.resolve('@opentelemetry/sdk-trace-base')
    const root = sdk.slice(0, sdk.lastIndexOf('sdk-trace-base') + 'sdk-trace-base'.length)
    const theirs = read(`${root}/package.json`).peerDependencies?.['@opentelemetry/api'] ?? ''
    const [, below] = /<1\.(\d+)\.0/.exec(theirs) ?? []
    const [, minor] = /^~1\.(\d+)\.\d+$/.exec(ours ?? '') ?? []
    expect([ours, theirs, Number(minor) < Number(below)]).toEqual([ours, theirs, true])
  })
})
