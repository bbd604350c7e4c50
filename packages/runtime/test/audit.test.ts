import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import type { AuditEvent } from '../src/audit/audit-event.js'
import { AuditQueue } from '../src/audit/audit-queue.js'
import { MASKED, maskArguments } from '../src/audit/mask-arguments.js'
import type { AuditSink } from '../src/index.js'
import type { SampleTool } from './support/definition.js'
import {
  createHarness,
  type Harness,
  type HarnessOptions,
  INITIALIZE,
  legacy,
  modern,
  post,
} from './support/harness.js'

let harness: Harness | undefined
afterEach(async () => {
  await harness?.close()
  harness = undefined
})

const silent = { info() {}, warn() {}, error() {} } as unknown as ConstructorParameters<typeof AuditQueue>[1]
const event = (took: number): AuditEvent => ({ at: '', request: '', address: '', took, decision: 'allowed' })

async function opened(options: HarnessOptions = {}): Promise<Harness> {
  harness = await createHarness(options)
  return harness
}

async function withSink(sink: AuditSink, tools?: Record<string, SampleTool>): Promise<Harness> {
  return opened({ ...(tools ? { tools } : {}), server: { environment: { NODE_ENV: 'test' }, audit: sink } })
}

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const TRACEPARENT = `00-${TRACE}-00f067aa0ba902b7-01`

describe('a record', () => {
  test('says when, who, by which client and issuer, what, with which scopes, what came of it, how long, and in which trace', async () => {
    const events: AuditEvent[] = []
    const { app, token, issuer } = await withSink((one) => void events.push(one))
    const ada = await token({ scopes: ['notes:read'] })
    const before = new Date().toISOString()
    await modern(
      app,
      'tools/call',
      { name: 'read_notes', arguments: {} },
      { token: ada, from: '203.0.113.7', headers: { traceparent: TRACEPARENT } },
    )
    await modern(app, 'tools/call', { name: 'delete_note', arguments: {} }, { token: ada })
    await post(app, INITIALIZE, { token: 'wrong' })
    await vi.waitFor(() => expect(events).toHaveLength(3))
    const [allowed, refused, stranger] = events
    expect(allowed).toEqual({
      at: expect.any(String),
      request: expect.any(String),
      address: '203.0.113.7',
      traceId: TRACE,
      took: expect.any(Number),
      decision: 'allowed',
      outcome: 'answered',
      method: 'tools/call',
      tool: 'read_notes',
      needed: ['notes:read'],
      held: ['notes:read'],
      subject: 'ada',
      clientId: 'test-client',
      issuer: issuer.issuer,
      protocolVersion: '2026-07-28',
    })
    expect(String(allowed?.at) >= before).toBe(true)
    expect(refused).toMatchObject({
      decision: 'refused',
      reason: 'insufficient-scope',
      tools: ['delete_note'],
      needed: ['notes:write'],
      missing: ['notes:write'],
      held: ['notes:read'],
      subject: 'ada',
    })
    expect(stranger).toMatchObject({ decision: 'refused', reason: 'token-refused', fault: 'malformed' })
    expect(stranger).not.toHaveProperty('subject')
    expect(events.every((one) => Object.isFrozen(one))).toBe(true)
    expect(JSON.stringify(events)).not.toContain(ada)
    expect(new Set(events.map(({ request }) => request)).size).toBe(3)
  })

  test.each([
    ['a list', 'tools/list', {}],
    ['a prompt that is not there', 'prompts/get', { name: 'nope' }],
    ['a tool that is not there', 'tools/call', { name: 'nope' }],
  ])('is written of %s as well', async (_what, method, params) => {
    const events: AuditEvent[] = []
    const { app, token } = await withSink((one) => void events.push(one))
    await legacy(app, method, params, { token: await token() })
    await vi.waitFor(() => expect(events).toHaveLength(1))
    expect(events[0]).toMatchObject({ decision: 'allowed', method, subject: 'ada' })
  })

  test('of a batch says of each call what came of that one, whichever ends first', async () => {
    let release = (): void => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const act: SampleTool = {
      access: { access: 'authenticated' },
      input: z.object({ id: z.string() }),
      audit: { arguments: true },
      async run(input: unknown) {
        if ((input as { id: string }).id === 'bad') throw new Error('no')
        await held
        return 'done'
      },
    }
    const { app, token, audits, log } = await opened({ tools: { act } })
    const traces = ['a', 'b'].map((digit) => digit.repeat(32))
    const batch = ['good', 'bad'].map((note, id) => {
      const _meta = { traceparent: `00-${traces[id]}-00f067aa0ba902b7-01` }
      return { jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'act', arguments: { id: note }, _meta } }
    })
    const answered = post(app, batch, { token: await token() })
    await vi.waitFor(() => expect(log()).toContain('"outcome":"failed"'))
    release()
    await answered
    expect(audits().map(({ arguments: kept, outcome, traceId }) => [kept, outcome, traceId])).toEqual([
      [{ id: 'bad' }, 'failed', traces[1]],
      [{ id: 'good' }, 'answered', traces[0]],
    ])
  })

  test('takes the trace of the message, where that says one, before that of the request', async () => {
    const { app, token, audits } = await opened()
    const ada = await token()
    const other = 'a'.repeat(32)
    const batch = [
      { jsonrpc: '2.0', id: 1, method: 'ping', params: { _meta: { traceparent: `00-${other}-00f067aa0ba902b7-00` } } },
      { jsonrpc: '2.0', id: 2, method: 'ping' },
    ]
    await post(app, batch, { token: ada, headers: { traceparent: TRACEPARENT } })
    expect(audits().map(({ traceId }) => traceId)).toEqual([other, TRACE])
  })

  test('keeps nothing of what a client calls its request: whoever reads challenges in results could fill the log', async () => {
    const { app, token, audits } = await opened()
    const id = 'x'.repeat(100_000)
    const call = { jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'delete_note', arguments: {} } }
    const headers = { 'user-agent': 'openai-mcp/1.0.0', 'mcp-protocol-version': '2025-11-25' }
    expect((await post(app, call, { token: await token(), headers })).body).toMatchObject({
      id,
      result: { isError: true },
    })
    const [record] = audits()
    expect(record).toMatchObject({ reason: 'insufficient-scope', tools: ['delete_note'] })
    expect(JSON.stringify(record).length).toBeLessThan(1_000)
  })

  test('shows nothing of a stranger that acts on the terminal of whoever reads it', async () => {
    const { app, token, log } = await opened({ server: { environment: { NODE_ENV: 'test' }, trustProxy: '127.0.0.1' } })
    const acting = '\u009b2J\u001b[2J\u202e\u2028\u0085'
    await post(app, INITIALIZE, { headers: { host: `${acting}.example` } })
    // What is written there counts only if a proxy that is trusted hands it on.
    await post(app, INITIALIZE, { headers: { 'x-forwarded-for': acting } })
    const headers = { 'mcp-protocol-version': '2026-07-28' }
    await post(
      app,
      { jsonrpc: '2.0', id: acting, method: 'subscriptions/listen', params: {} },
      { token: await token(), headers },
    )
    expect(log()).toContain('host-not-allowed')
    expect(log().replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
  })

  test.each([
    'nonsense',
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `ff-${TRACE}-00f067aa0ba902b7-01`,
    `${TRACEPARENT}\u0000`,
    '',
  ])('has no trace if what is sent is none: %j', async (traceparent) => {
    const { app, token, audits } = await opened()
    const ping = { jsonrpc: '2.0', id: 1, method: 'ping', params: { _meta: { traceparent } } }
    await post(app, ping, { token: await token() })
    expect(audits()[0]).not.toHaveProperty('traceId')
  })
})

test.each(['trace', 'info', 'warn', 'error', 'fatal'] as const)(
  'a log of the level %s has every record: a quiet log is no way to do without',
  async (level) => {
    const lines: string[] = []
    const stream = { write: (line: string) => void lines.push(line) }
    const { app, token } = await opened({ server: { environment: { NODE_ENV: 'test' }, logger: { level, stream } } })
    await modern(app, 'tools/list', {}, { token: await token() })
    await post(app, INITIALIZE, { token: 'wrong' })
    const records = lines.map((line) => JSON.parse(line)).filter((line) => line.audit !== undefined)
    expect(records.map(({ audit }) => audit.decision)).toEqual(['allowed', 'refused'])
    // Both are found together with whatever else the log says of the request.
    for (const { audit, reqId } of records) expect(reqId).toBe(audit.request)
  },
)

describe('a sink', () => {
  test('that throws, at once or later, changes no answer; what it lost is counted and said', async () => {
    let calls = 0
    const { app, token, log } = await withSink(() => {
      calls += 1
      if (calls === 1) throw new Error('the disk is full')
      return Promise.reject(new Error('later'))
    })
    const ada = await token()
    for (let index = 0; index < 3; index += 1) {
      expect((await modern(app, 'tools/list', {}, { token: ada })).status).toBe(200)
    }
    await vi.waitFor(() => expect(calls).toBe(3))
    expect(log()).toContain('"auditLost":1,"auditLostInAll":1,"why":"the disk is full"')
    await harness?.close()
    // The rest is said when the server ends, at the latest.
    expect(log()).toContain('"auditLost":2,"auditLostInAll":3')
    harness = undefined
  })

  test.each([
    ['nothing', undefined],
    [
      'what throws when it is looked at',
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('no')
          },
          getPrototypeOf: () => {
            throw new Error('no')
          },
        },
      ),
    ],
  ])('may throw %s', async (_what, thrown) => {
    const lost = vi.fn()
    const queue = new AuditQueue(
      () => {
        throw thrown
      },
      silent,
      lost,
    )
    queue.add(event(1))
    await vi.waitFor(() => expect(lost).toHaveBeenCalledOnce())
  })

  test('that never answers delays no answer, and no end of the server for ever', async () => {
    const { app, token } = await withSink(() => new Promise(() => {}))
    const ada = await token()
    expect((await modern(app, 'tools/list', {}, { token: ada })).status).toBe(200)
    expect((await modern(app, 'tools/list', {}, { token: ada })).status).toBe(200)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const closed = harness?.close()
      while (vi.getTimerCount() === 0) await turn()
      await vi.advanceTimersByTimeAsync(60_000)
      await closed
    } finally {
      vi.useRealTimers()
    }
    harness = undefined
  })

  test('gets records one after the other, in order', async () => {
    const seen: number[] = []
    let running = 0
    const queue = new AuditQueue(
      async ({ took }) => {
        running += 1
        expect(running).toBe(1)
        await turn()
        seen.push(took)
        running -= 1
      },
      silent,
      () => {},
    )
    for (let index = 0; index < 50; index += 1) queue.add(event(index))
    await queue.close(10_000)
    expect(seen).toEqual(Array.from({ length: 50 }, (_, index) => index))
    expect(queue.lost).toBe(0)
  })

  test('that is slower than the requests loses what does not fit, and exactly that is counted', async () => {
    let release = (): void => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const taken: number[] = []
    const lost = vi.fn()
    const queue = new AuditQueue(
      async ({ took }) => {
        await held
        taken.push(took)
      },
      silent,
      lost,
    )
    queue.add(event(0))
    // The first one is in the hands of the sink, and does not wait any more.
    await turn()
    await turn()
    for (let index = 1; index <= 10_005; index += 1) queue.add(event(index))
    expect([queue.lost, lost.mock.calls.length]).toEqual([5, 5])
    release()
    await queue.close(60_000)
    expect([taken.length, queue.lost]).toEqual([10_001, 5])
  })
})

describe('arguments', () => {
  const secret = 'hunter2-very-secret'
  const input = z.object({
    id: z.string(),
    password: z.string().meta({ sensitive: true }).optional(),
    nested: z.object({ pin: z.number().meta({ sensitive: true }) }).optional(),
    list: z.array(z.object({ key: z.string().meta({ sensitive: true }), label: z.string() })).optional(),
  })
  const tools: Record<string, SampleTool> = {
    quiet: { access: { access: 'authenticated' }, input, run: () => 'done' },
    kept: { access: { access: 'authenticated' }, input, audit: { arguments: true }, run: () => 'done' },
    scoped: {
      access: { access: 'scopes', scopes: ['notes:write'] },
      input,
      audit: { arguments: true },
      run: () => 'done',
    },
  }
  const args = {
    id: 'n1',
    password: secret,
    nested: { pin: 4711 },
    list: [{ key: secret, label: 'work' }],
    surplus: secret,
  }

  test('are in no record of a tool that does not ask for them, whatever becomes of the call', async () => {
    const { app, token, audits, secret: never } = await opened({ tools })
    never(secret)
    const ada = await token({ scopes: ['notes:read'] })
    await modern(app, 'tools/call', { name: 'quiet', arguments: args }, { token: ada })
    await modern(app, 'tools/call', { name: 'quiet', arguments: { id: 7 } }, { token: ada })
    await modern(app, 'tools/call', { name: 'scoped', arguments: args }, { token: ada })
    const records = audits()
    expect(records.map(({ decision, outcome }) => [decision, outcome])).toEqual([
      ['allowed', 'answered'],
      ['allowed', 'invalid-input'],
      ['refused', undefined],
    ])
    for (const record of records) expect(record).not.toHaveProperty('arguments')
  })

  test('are in those of one that asks, without what its schema marks, and without what it does not know', async () => {
    const { app, token, audits, secret: never } = await opened({ tools })
    never(secret)
    await modern(app, 'tools/call', { name: 'kept', arguments: args }, { token: await token() })
    expect(audits()[0]?.arguments).toEqual({
      id: 'n1',
      password: MASKED,
      nested: { pin: MASKED },
      list: [{ key: MASKED, label: 'work' }],
      surplus: '(undeclared)',
    })
  })

  test('are as they were sent, also where the tool could not take them', async () => {
    const { app, token, audits } = await opened({ tools })
    await modern(app, 'tools/call', { name: 'kept', arguments: { id: 7, password: ['x'] } }, { token: await token() })
    expect(audits()[0]).toMatchObject({ outcome: 'invalid-input', arguments: { id: 7, password: MASKED } })
  })
})

describe('what is masked', () => {
  const masked = (schema: object, value: unknown): unknown => maskArguments(value, schema as Record<string, unknown>)
  const text = { type: 'string' }
  const hidden = { type: 'string', sensitive: true }

  test.each([
    ['sensitive', { sensitive: true }],
    ['x-sensitive', { 'x-sensitive': true }],
    ['writeOnly', { writeOnly: true }],
    ['the format password', { format: 'password' }],
    ['a reference', { $ref: '#/$defs/key' }],
    ['one of several', { anyOf: [{ type: 'null' }, hidden] }],
    ['one of exactly one', { oneOf: [hidden, { type: 'number' }] }],
    ['all of them', { allOf: [text, { 'x-sensitive': true }] }],
    ['a condition', JSON.parse('{"if":{"type":"string"},"then":{"sensitive":true}}')],
    ['an object as a whole', { type: 'object', sensitive: true, properties: { a: text } }],
  ])('is marked by %s', (_how, schema) => {
    const root = { type: 'object', properties: { it: schema }, $defs: { key: hidden } }
    for (const value of ['secret', { a: 'secret' }, ['secret'], 1])
      expect(masked(root, { it: value })).toEqual({ it: MASKED })
  })

  test('is found in lists, tuples, records and patterns', () => {
    const schema = {
      type: 'object',
      properties: {
        list: { type: 'array', items: hidden },
        tuple: { type: 'array', prefixItems: [text, hidden], items: text },
        record: { type: 'object', additionalProperties: hidden },
        pattern: { type: 'object', patternProperties: { '^key': hidden }, additionalProperties: text },
        wrong: { type: 'object', patternProperties: { '(': hidden } },
      },
    }
    const value = {
      list: ['s'],
      tuple: ['open', 's', 'open'],
      record: { any: 's' },
      pattern: { keyOne: 's', other: 'open' },
      wrong: { any: 's' },
    }
    expect(masked(schema, value)).toEqual({
      list: [MASKED],
      tuple: ['open', MASKED, 'open'],
      record: { any: MASKED },
      pattern: { keyOne: MASKED, other: 'open' },
      wrong: { any: MASKED },
    })
  })

  test('an object whose names are sensitive is masked as a whole, and a list of such', () => {
    const names = { type: 'object', propertyNames: hidden, additionalProperties: { type: 'number' } }
    const schema = {
      type: 'object',
      properties: {
        shares: { $ref: '#/$defs/shares' },
        each: { type: 'array', items: { anyOf: [names, { type: 'null' }] } },
        open: { type: 'object', propertyNames: text, additionalProperties: text },
      },
      $defs: { shares: names },
    }
    const people = { 'ada@example.com': 1 }
    expect(masked(schema, { shares: people, each: [people], open: { name: 'x' } })).toEqual({
      shares: MASKED,
      each: [MASKED],
      open: { name: 'x' },
    })
  })

  test.each([
    ['an object', { type: 'object', properties: { pin: hidden } }],
    ['an object somewhere within', { type: 'object', properties: { deep: { $ref: '#/$defs/deep' } } }],
    ['an object or a text', { anyOf: [text, { type: 'object', properties: { pin: hidden } }] }],
    ['a list', { type: 'array', items: hidden }],
    ['a tuple', { type: 'array', prefixItems: [text, hidden] }],
    ['a record', { type: 'object', additionalProperties: hidden }],
    ['a record of what is sensitive', { type: 'object', propertyNames: hidden }],
  ])('what a model sends as a text is as sensitive as %s that it should be', (_what, schema) => {
    const deep = { type: 'array', items: { type: 'object', patternProperties: { '^p': hidden } } }
    const root = { type: 'object', properties: { it: schema }, $defs: { deep } }
    for (const sent of ['{"pin":4711}', '4711', 4711]) expect(masked(root, { it: sent })).toEqual({ it: MASKED })
    expect(masked(root, '{"it":{"pin":4711}}')).toBe(MASKED)
  })

  test('a text in the place of an object or a list is not declared, and one of another type is as it was sent', () => {
    const properties = { list: { type: 'array', items: text }, id: text, either: { anyOf: [text, { type: 'object' }] } }
    const schema = { type: 'object', properties }
    const sent = { list: 'hunter2', id: 7, either: 'open' }
    expect(masked(schema, sent)).toEqual({ list: '(undeclared)', id: 7, either: 'open' })
    expect(masked(schema, 'hunter2')).toBe('(undeclared)')
  })

  test('a schema that refers to itself ends, and so does a value that nests', () => {
    const schema = {
      $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' }, key: hidden } } },
      $ref: '#/$defs/node',
    }
    let value: Record<string, unknown> = { key: 'secret' }
    for (let depth = 0; depth < 40; depth += 1) value = { next: value, key: 'secret' }
    const shown = JSON.stringify(masked(schema, value))
    expect(shown).not.toContain('secret')
    expect(shown.length).toBeLessThan(500)
  })

  test.each([
    'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl',
    'my token is eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl, see?',
    'Authorization: Bearer abcdefgh12345678',
  ])('what looks like a token is masked wherever it stands: %s', (token) => {
    const schema = { type: 'object', properties: { note: text } }
    expect(masked(schema, { note: token })).toEqual({ note: MASKED })
    expect(JSON.stringify(masked({ type: 'object', additionalProperties: text }, { [token]: 'x' }))).not.toContain(
      token,
    )
  })

  test('what is long or many is cut', () => {
    const schema = { type: 'object', properties: { note: text, list: { type: 'array', items: { type: 'number' } } } }
    const shown = masked(schema, { note: 'x'.repeat(5_000), list: Array.from({ length: 500 }, (_, index) => index) })
    expect(JSON.stringify(shown).length).toBeLessThan(500)
  })

  test('a value under a sensitive name is never shown, whatever stands there', () => {
    const schema = { type: 'object', properties: { key: { sensitive: true }, open: true }, additionalProperties: false }
    fc.assert(
      fc.property(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue()), (value, others) => {
        const shown = masked(schema, { ...others, key: value }) as Record<string, unknown>
        if (Object.keys(others).length < 15) expect(shown.key).toBe(MASKED)
        for (const [name, own] of Object.entries(shown)) {
          if (name !== 'key') expect(own).toBe('(undeclared)')
        }
      }),
    )
  })
})
