// Batches of revision 2025-03-26 on stdio: each message is decided on by itself, and the answers come in one line.
import { afterEach, describe, expect, test } from 'vitest'
import type { UsingPolicy } from '../src/index.js'
import { definitionOf, Gate, type SampleTool } from './support/definition.js'
import type { AuditRecord } from './support/harness.js'
import { type Line, type StdioHarness, stdioHarness } from './support/stdio.js'

const BATCHING = '2025-03-26'
let ran: string[]
let gate: Gate

const tool = (access: UsingPolicy, name: string, more: Partial<SampleTool> = {}): SampleTool => ({
  access,
  run: () => {
    ran.push(name)
    return name
  },
  ...more,
})

function tools(): Record<string, SampleTool> {
  return {
    read: tool({ access: 'scopes', scopes: ['notes:read'] }, 'read'),
    write: tool({ access: 'scopes', scopes: ['notes:write'] }, 'write'),
    purge: tool({ access: 'scopes', scopes: ['notes:write'], whenDenied: 'hide' }, 'purge'),
    rare: tool({ access: 'authenticated' }, 'rare', { limits: { perMinute: 2 } }),
    crash: tool({ access: 'authenticated' }, 'crash', {
      run: () => {
        throw new Error('password=hunter2')
      },
    }),
    wait: tool({ access: 'authenticated' }, 'wait', {
      run: async (_input, { signal }) => {
        gate.begun(signal)
        await gate.opened
        return 'waited'
      },
    }),
  }
}

let harness: StdioHarness | undefined
afterEach(async () => {
  await harness?.close()
  harness = undefined
})

/** A server with which no revision is agreed on yet. */
async function started(limits = {}): Promise<StdioHarness> {
  ran = []
  gate = new Gate()
  const issuers = [{ issuer: 'https://nowhere.example', tokens: { form: 'jwt', typ: 'at+jwt' } }] as const
  const environment = { MCP_STDIO_SUBJECT: 'ada', MCP_STDIO_SCOPES: 'notes:read' }
  harness = await stdioHarness(definitionOf({ issuers, tools: tools(), limits }), environment)
  return harness
}

async function opened(version = BATCHING, limits = {}): Promise<StdioHarness> {
  const own = await started(limits)
  const { result } = await own.initialize({}, version)
  expect(result.protocolVersion).toBe(version)
  // It was sent, and is decided on before what follows.
  await own.legacy('ping')
  own.audits()
  return own
}

const call = (id: number | string, name: string): object => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: {} },
})
const notification = { jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: 1, progress: 1 } }
const byId = (answers: Line): Record<string, Line> =>
  Object.fromEntries(answers.map((answer: Line) => [String(answer.id), answer]))

/** Without that of the `ping` of the handshake, which is written after its answer. */
const decisionsOf = (own: StdioHarness): AuditRecord[] => own.audits().filter(({ method }) => method !== 'ping')

async function isServed({ legacy }: StdioHarness): Promise<void> {
  expect((await legacy('tools/call', { name: 'read', arguments: {} })).result.content[0].text).toBe('read')
}

describe('a batch', () => {
  test('is decided on message by message, and answered in one line', async () => {
    const own = await opened()
    const names = ['read', 'write', 'purge', 'crash', 'nowhere']
    own.send([
      ...names.map((name) => call(name, name)),
      notification,
      { jsonrpc: '2.0', id: 'l', method: 'tools/list' },
    ])
    const answers = await own.next()
    expect(answers).toHaveLength(6)
    const { read, write, purge, crash, nowhere, l } = byId(answers)
    expect(read.result.content[0].text).toBe('read')
    expect(write.error).toMatchObject({ code: 403, data: { error: 'insufficient_scope', missing: 'notes:write' } })
    expect(purge.error).toEqual(nowhere.error)
    expect([crash.result.isError, JSON.stringify(crash)]).toEqual([true, expect.not.stringContaining('hunter2')])
    expect(l.result.tools.map(({ name }: { name: string }) => name)).toEqual(['crash', 'rare', 'read', 'wait', 'write'])
    expect(ran).toEqual(['read'])
    const decisions = decisionsOf(own).map(({ method, tool: name, decision, reason, outcome }) => [
      name ?? method,
      decision,
      reason ?? outcome,
    ])
    expect(decisions.sort()).toEqual(
      [
        ['read', 'allowed', 'answered'],
        [undefined, 'refused', 'insufficient-scope'],
        ['purge', 'refused', 'hidden'],
        ['crash', 'allowed', 'failed'],
        ['tools/call', 'allowed', 'unknown-tool'],
        ['notifications/progress', 'allowed', 'answered'],
        ['tools/list', 'allowed', 'answered'],
      ].sort(),
    )
    await isServed(own)
    expect(own.left()).toEqual([])
  })

  test('of one message is answered by a list of one', async () => {
    const own = await opened()
    own.send([call(7, 'read')])
    expect(await own.next()).toMatchObject([{ id: 7, result: { content: [{ text: 'read' }] } }])
  })

  test('of notifications is answered by nothing', async () => {
    const own = await opened()
    own.send([notification, notification])
    await isServed(own)
    expect(own.left()).toEqual([])
  })

  test('waits for its slowest request, and other messages do not wait for it', async () => {
    const own = await opened()
    own.send([call(70, 'wait'), call(71, 'read')])
    await gate.began
    await isServed(own)
    own.send([call(72, 'read')])
    expect(await own.next()).toMatchObject([{ id: 72 }])
    gate.open()
    const { 70: waited, 71: read } = byId(await own.next())
    expect([waited.result.content[0].text, read.result.content[0].text]).toEqual(['waited', 'read'])
  })

  test('is answered without what its client took back', async () => {
    const own = await opened()
    own.send([call(70, 'wait'), call(71, 'read')])
    const signal = await gate.began
    own.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 70 } })
    expect(await own.next()).toMatchObject([{ id: 71 }])
    expect(signal.aborted).toBe(true)
    gate.open()
    await isServed(own)
    expect(own.left()).toEqual([])
  })

  test('counts each of its messages for the limit of a tool and of the caller', async () => {
    const own = await opened()
    own.send([call(1001, 'rare'), call(1002, 'rare'), call(1003, 'rare')])
    const answers = byId(await own.next())
    expect([answers[1001].result, answers[1002].result].map(({ content }) => content[0].text)).toEqual(['rare', 'rare'])
    expect(answers[1003].error.code).toBe(429)
    await harness?.close()
    const other = await opened(BATCHING, { perSubject: 5 })
    other.send(Array.from({ length: 6 }, (_, index) => call(1000 + index, 'read')))
    // Three of the five were `initialize`, its notification and `ping`.
    const codes = (await other.next()).map(({ error }: Line) => error?.code ?? 200)
    expect(codes.sort()).toEqual([200, 200, 429, 429, 429, 429])
    expect(ran).toEqual(['read', 'read'])
  })

  test('takes one place among what is answered at the same time, as over HTTP', async () => {
    const own = await opened(BATCHING, { concurrentPerSubject: 2 })
    own.send([call(70, 'wait'), call(71, 'read'), call(72, 'read'), call(73, 'read')])
    await gate.began
    await isServed(own)
    own.send([call(80, 'wait')])
    const third = own.legacy('tools/call', { name: 'read', arguments: {} })
    expect((await third).error.code).toBe(429)
    gate.open()
    const lines: Line[] = [await own.next(), await own.next()]
    expect(
      lines
        .flat()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([70, 71, 72, 73, 80])
    await isServed(own)
  })

  test('an id that waits for its answer already is refused, and the other ones served', async () => {
    const own = await opened()
    own.send(call(70, 'wait'))
    await gate.began
    own.send([call(70, 'read'), call(71, 'read')])
    const { 70: refused, 71: read } = byId(await own.next())
    expect([refused.error.code, read.result.content[0].text]).toEqual([-32600, 'read'])
    gate.open()
    expect((await own.next()).result.content[0].text).toBe('waited')
  })

  test('is answered as far as it can be when the client has nothing more to say', async () => {
    const own = await opened()
    own.send([call(70, 'read'), call(71, 'crash')])
    own.input.end()
    await own.server.ended
    expect((await own.next()).map(({ id }: Line) => id).sort()).toEqual([70, 71])
    harness = undefined
  })
})

describe('what is refused as a whole, and runs nothing', () => {
  const claiming = {
    ...call(71, 'read'),
    params: { name: 'read', arguments: {}, _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } },
  }
  const initialize = {
    jsonrpc: '2.0',
    id: 71,
    method: 'initialize',
    params: { protocolVersion: BATCHING, capabilities: {}, clientInfo: { name: 'test', version: '1' } },
  }

  test.each([
    ['no message', [], 'batch-empty'],
    ['what is none', [call(70, 'read'), 7], 'message-malformed'],
    ['a batch in it', [call(70, 'read'), [call(71, 'read')]], 'message-malformed'],
    ['more than a hundred', Array.from({ length: 101 }, (_, index) => call(1000 + index, 'read')), 'batch-too-long'],
    ['an id twice', [call(70, 'read'), call(70, 'read')], 'batch-ambiguous'],
    [
      'a request and its end',
      [call(70, 'read'), { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 70 } }],
      'batch-ambiguous',
    ],
    ['initialize', [call(70, 'read'), initialize], 'batch-not-offered'],
    ['a message of 2026-07-28', [call(70, 'read'), claiming], 'batch-not-offered'],
  ])('a batch with %s', async (_, batch, reason) => {
    const own = await opened()
    own.send(batch)
    const answer = await own.next()
    expect([answer.error.code, answer.id]).toEqual([-32600, undefined])
    expect(decisionsOf(own)).toMatchObject([{ decision: 'refused', reason }])
    expect(ran).toEqual([])
    await isServed(own)
    expect(own.left()).toEqual([])
  })

  test.each(['2025-06-18', '2025-11-25'])('a batch in revision %s', async (version) => {
    const own = await opened(version)
    own.send([call(70, 'read'), call(71, 'read')])
    expect((await own.next()).error).toEqual({
      code: -32600,
      message: 'Batches exist only in protocol revision 2025-03-26, and without initialize',
    })
    expect(decisionsOf(own)).toMatchObject([{ decision: 'refused', reason: 'batch-not-offered' }])
    expect(ran).toEqual([])
    await isServed(own)
    expect(own.left()).toEqual([])
  })

  test('a batch before a revision is agreed on', async () => {
    const own = await started()
    own.send([call(70, 'read')])
    expect((await own.next()).error.code).toBe(-32600)
    expect(ran).toEqual([])
  })
})

test('a batch that comes in one piece with the handshake is served: messages are decided on in their order', async () => {
  const own = await started()
  const params = { protocolVersion: BATCHING, capabilities: {}, clientInfo: { name: 'test', version: '1' } }
  const lines = [
    { jsonrpc: '2.0', id: 1, method: 'initialize', params },
    { jsonrpc: '2.0', method: 'notifications/initialized' },
    [call(70, 'read'), call(71, 'read')],
  ]
  own.send(lines.map((line) => JSON.stringify(line)).join('\n'))
  expect((await own.next()).result.protocolVersion).toBe(BATCHING)
  expect((await own.next()).map(({ id }: Line) => id).sort()).toEqual([70, 71])
})
