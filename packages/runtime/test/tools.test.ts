import type { AddressInfo } from 'node:net'
import { Client as ClientV2, StreamableHTTPClientTransport as TransportV2 } from '@modelcontextprotocol/client'
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { RESOURCE } from './support/definition.js'
import { createHarness, type Harness, INITIALIZE, LEGACY, legacy, MODERN, modern, post } from './support/harness.js'

describe('tools, in both eras', () => {
  let harness: Harness
  let token: string
  beforeAll(async () => {
    harness = await createHarness({
      services: { open: async () => ({ clock: () => 'noon' }) },
    })
    token = await harness.token({ scopes: ['notes:write'], subject: 'ada', claims: { tenant: { id: 't1' } } })
  })
  beforeEach(() => {
    harness.witness.calls = []
    harness.audits()
  })
  afterAll(() => harness.close())

  test('TO-20, TO-05, TO-29: the list is in the order of names, with titles, annotations and objects at the top', async () => {
    for (const list of [modern, legacy]) {
      const { body } = await list(harness.app, 'tools/list', {}, { token })
      const names = body.result.tools.map(({ name }: { name: string }) => name)
      expect(names).toEqual([...names].sort())
      expect(names).toHaveLength(9)
      for (const tool of body.result.tools) {
        expect(tool.inputSchema.type).toBe('object')
        if (tool.outputSchema) expect(tool.outputSchema.type).toBe('object')
        expect(tool.title).toBe(`The tool ${tool.name}`)
      }
      expect(body.result.tools.find(({ name }: { name: string }) => name === 'read_notes')).toMatchObject({
        annotations: { readOnlyHint: true },
        description: 'Does read_notes',
      })
    }
  })

  test('CA-01, BA-05, BA-09, BA-10: results of the newer era carry what it asks for', async () => {
    const list = await modern(harness.app, 'tools/list', {}, { token })
    expect(list.body.result).toMatchObject({ resultType: 'complete', ttlMs: 60_000, cacheScope: 'private' })
    const { body } = await modern(harness.app, 'server/discover', {}, { token })
    expect(body.result).toMatchObject({
      resultType: 'complete',
      supportedVersions: [MODERN],
      capabilities: { tools: {} },
      instructions: 'Keep notes.',
      cacheScope: 'private',
    })
    expect(body.result._meta['io.modelcontextprotocol/serverInfo']).toMatchObject({ name: 'notes', version: '1.0.0' })
    const call = await modern(harness.app, 'tools/call', { name: 'whoami' }, { token })
    expect(call.body.result.resultType).toBe('complete')
    expect(call.headers).not.toHaveProperty('mcp-session-id')
  })

  test('TL-06: initialize agrees on a version that is offered, and on nothing newer', async () => {
    const agree = async (protocolVersion: string): Promise<string> => {
      const body = { ...INITIALIZE, params: { ...INITIALIZE.params, protocolVersion } }
      return (await post(harness.app, body, { token })).body.result.protocolVersion
    }
    expect(await agree('2025-11-25')).toBe('2025-11-25')
    expect(await agree('2025-06-18')).toBe('2025-06-18')
    expect(await agree('2025-03-26')).toBe('2025-03-26')
    expect(await agree('2024-01-01')).toBe(LEGACY)
    expect(await agree(MODERN)).toBe(LEGACY)
  })

  test('TL-04, TL-08, TL-21: notifications are 202, ping is {}, and no version header means 2025-03-26', async () => {
    const notification = { jsonrpc: '2.0', method: 'notifications/initialized' }
    const accepted = await post(harness.app, notification, { token })
    expect([accepted.status, accepted.text]).toEqual([202, ''])
    const ping = await post(harness.app, { jsonrpc: '2.0', id: 'a', method: 'ping' }, { token })
    expect(ping.body).toEqual({ jsonrpc: '2.0', id: 'a', result: {} })
    await post(harness.app, { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'read_notes' } }, { token })
    expect(harness.witness.calls).toMatchObject([{ context: { request: { protocolVersion: '2025-03-26' } } }])
  })

  test('a handler gets the caller, the services, a signal and the request, and nothing else', async () => {
    await modern(harness.app, 'tools/call', { name: 'whoami' }, { token })
    const [call] = harness.witness.calls
    const context = call?.context ?? {}
    expect(Object.keys(context).sort()).toEqual(['caller', 'request', 'services', 'signal'])
    expect(context.caller).toMatchObject({
      subject: 'ada',
      clientId: 'test-client',
      issuer: harness.issuer.issuer,
      scopes: ['notes:read', 'notes:write'],
      claims: { aud: RESOURCE, tenant: { id: 't1' } },
    })
    expect(context.request).toEqual({ id: expect.any(String), protocolVersion: MODERN })
    expect(context.signal).toBeInstanceOf(AbortSignal)
    expect((context.services as { clock(): string }).clock()).toBe('noon')
  })

  test('TK-06: the access token is nowhere in what a handler gets', async () => {
    const opaque = await createHarness({ form: 'opaque' })
    const other = await opaque.token()
    // An issuer that repeats the token in its answer about it.
    const answer = { active: true, sub: 'ada', client_id: 'cli', aud: RESOURCE, scope: '', access_token: other }
    opaque.issuer.answerIntrospection({ status: 200, body: JSON.stringify(answer) })
    for (const [one, secret] of [
      [harness, token],
      [opaque, other],
    ] as const) {
      await modern(one.app, 'tools/call', { name: 'whoami' }, { token: secret })
      expect(reachable(one.witness.calls.at(-1)?.context)).toContain('ada')
      expect(reachable(one.witness.calls.at(-1)?.context)).not.toContain(secret)
    }
    await opaque.close()
  })

  test('a handler cannot change who calls', async () => {
    await modern(harness.app, 'tools/call', { name: 'whoami' }, { token })
    const context = harness.witness.calls[0]?.context as {
      caller: { subject: string; scopes: string[]; claims: { tenant: { id: string } } }
    }
    expect(() => (context.caller = { ...context.caller, subject: 'grace' })).toThrow(TypeError)
    expect(() => (context.caller.subject = 'grace')).toThrow(TypeError)
    expect(() => context.caller.scopes.push('notes:export')).toThrow(TypeError)
    expect(() => (context.caller.claims.tenant.id = 't2')).toThrow(TypeError)
  })

  test('TO-13, TO-15: output is what its schema declares, as structured content and as the same text', async () => {
    for (const call of [modern, legacy]) {
      const { body } = await call(harness.app, 'tools/call', { name: 'read_notes' }, { token })
      expect(body.result.structuredContent).toEqual({ notes: ['one'] })
      expect(JSON.parse(body.result.content[0].text)).toEqual({ notes: ['one'] })
    }
  })

  test('a wrapped value is unwrapped for the handler and its result wrapped for the client', async () => {
    const { body } = await modern(
      harness.app,
      'tools/call',
      { name: 'choose', arguments: { value: { b: 7 } } },
      { token },
    )
    expect(harness.witness.calls).toMatchObject([{ input: { b: 7 } }])
    expect(body.result.structuredContent).toEqual({ value: ['{"b":7}'] })
  })

  test('a tool error is told to the model', async () => {
    const { body } = await modern(harness.app, 'tools/call', { name: 'complain' }, { token })
    expect(body.result).toMatchObject({ isError: true, content: [{ type: 'text', text: 'There is no such note.' }] })
    expect(harness.audits()).toMatchObject([{ outcome: 'tool-error' }])
  })

  test('any other failure is told with a reference only, and the next request is served', async () => {
    for (const name of ['crash', 'lie']) {
      for (const call of [modern, legacy]) {
        const answer = await call(harness.app, 'tools/call', { name }, { token })
        expect([answer.status, answer.body.result.isError]).toEqual([200, true])
        expect(answer.text).not.toContain('hunter2')
        const [reference] = /[0-9a-f-]{36}/.exec(answer.body.result.content[0].text) ?? []
        expect(harness.log()).toContain(`"reqId":"${reference}"`)
        expect(harness.log()).toContain(`the tool ${name} failed`)
      }
    }
    expect(harness.audits().map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed', 'failed'])
    expect((await modern(harness.app, 'tools/call', { name: 'whoami' }, { token })).status).toBe(200)
  })

  test('the list cannot be changed by whoever got it before', async () => {
    const before = await modern(harness.app, 'tools/list', {}, { token })
    const after = await modern(harness.app, 'tools/list', {}, { token })
    expect(after.body.result).toEqual(before.body.result)
  })
})

describe('real clients with a token', () => {
  let harness: Harness
  let url: URL
  let token: string
  beforeAll(async () => {
    harness = await createHarness({ resource: 'http://127.0.0.1/mcp' })
    await harness.app.listen({ port: 0, host: '127.0.0.1' })
    url = new URL(`http://127.0.0.1:${(harness.app.server.address() as AddressInfo).port}/mcp`)
    token = await harness.token({ scopes: ['notes:read'], audience: 'http://127.0.0.1/mcp' })
  })
  afterAll(() => harness.close())

  const withToken = (): { requestInit: RequestInit } => ({
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  })

  test('@modelcontextprotocol/sdk 1.32 lists and calls', async () => {
    const client = new ClientV1({ name: 'test', version: '1' })
    // The SDK's own types do not fit exactOptionalPropertyTypes.
    await client.connect(new TransportV1(url, withToken()) as Parameters<typeof client.connect>[0])
    expect((await client.listTools()).tools).toHaveLength(9)
    const result = await client.callTool({ name: 'read_notes', arguments: { limit: 2 } })
    expect(result.structuredContent).toEqual({ notes: ['one'] })
    await expect(client.callTool({ name: 'delete_note', arguments: {} })).rejects.toThrow()
    await client.close()
  })

  test.each([
    ['the newer era', { mode: 'auto' as const }, MODERN],
    ['the older era', { mode: 'legacy' as const }, LEGACY],
  ])('@modelcontextprotocol/client 2.4 lists and calls in %s', async (_, versionNegotiation, version) => {
    const client = new ClientV2({ name: 'test', version: '1' }, { versionNegotiation })
    await client.connect(new TransportV2(url, withToken()))
    expect((await client.listTools()).tools).toHaveLength(9)
    const result = await client.callTool({ name: 'read_notes', arguments: { limit: 2 } })
    expect(result.structuredContent).toEqual({ notes: ['one'] })
    expect(harness.witness.calls.at(-1)).toMatchObject({ context: { request: { protocolVersion: version } } })
    await expect(client.callTool({ name: 'delete_note', arguments: {} })).rejects.toThrow()
    await client.close()
  })
})

/** Every text that can be reached from a value, getters and prototypes aside. */
function reachable(value: unknown, seen: Set<unknown> = new Set()): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null || seen.has(value)) return []
  seen.add(value)
  const own = Reflect.ownKeys(value).map((key) => Reflect.get(value, key))
  const inner = value instanceof Map || value instanceof Set ? [...value.values()] : []
  return [...own, ...inner].flatMap((one) => reachable(one, seen))
}
