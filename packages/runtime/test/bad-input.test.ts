import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createHarness, type Harness, legacy, MODERN, modern, post, send } from './support/harness.js'

describe('bad input, with a good token', () => {
  let harness: Harness
  let token: string
  beforeAll(async () => {
    harness = await createHarness()
    token = await harness.token({ scopes: ['notes:read', 'notes:write', 'notes:export'] })
  })
  beforeEach(() => {
    harness.witness.calls = []
    harness.audits()
  })
  afterAll(() => harness.close())

  const id = '11111111-1111-4111-8111-111111111111'
  test.each([
    ['a wrong type', 'delete_note', { id: 7 }, /- id: .*string/],
    ['a missing field', 'delete_note', {}, /- id: .*string/],
    ['no arguments at all', 'delete_note', undefined, /- id: .*string/],
    ['an extra field that the schema refuses', 'delete_note', { id, admin: true }, /admin/],
    ['a value that its format refuses', 'delete_note', { id: 'not-a-uuid' }, /- id: .*UUID/],
    ['arguments for a tool without any', 'export_notes', { format: 'csv' }, /- format: this tool takes no arguments/],
    ['a wrong value inside a wrapper', 'choose', { value: { a: 7 } }, /- value/],
    ['a missing wrapper', 'choose', { a: 'x' }, /- value/],
  ])('TO-17: %s is a result that says which field and why, in both eras', async (_, name, args, says) => {
    for (const call of [modern, legacy]) {
      const answer = await call(
        harness.app,
        'tools/call',
        { name, ...(args === undefined ? {} : { arguments: args }) },
        { token },
      )
      expect(answer.status).toBe(200)
      expect(answer.body.result.isError).toBe(true)
      expect(answer.body.result).not.toHaveProperty('structuredContent')
      expect(answer.body.result.content[0].text).toMatch(says)
    }
    expect(harness.witness.calls).toEqual([])
    expect(harness.audits()).toMatchObject([{ outcome: 'invalid-input' }, { outcome: 'invalid-input' }])
  })

  test('TO-28: absent arguments are an empty object, and defaults apply', async () => {
    await modern(harness.app, 'tools/call', { name: 'read_notes' }, { token })
    expect(harness.witness.calls).toMatchObject([{ tool: 'read_notes', input: { limit: 10 } }])
  })

  test('an extra field that the schema strips does not reach the handler', async () => {
    await modern(harness.app, 'tools/call', { name: 'read_notes', arguments: { limit: 1, admin: true } }, { token })
    expect(harness.witness.calls).toMatchObject([{ input: { limit: 1 } }])
    expect(harness.witness.calls[0]?.input).not.toHaveProperty('admin')
  })

  test('arguments that are no object are a protocol error', async () => {
    for (const args of [[], 'text', 7, null]) {
      const answer = await modern(harness.app, 'tools/call', { name: 'read_notes', arguments: args }, { token })
      expect(answer.body.error.code).toBe(-32602)
    }
    expect(harness.witness.calls).toEqual([])
    expect(harness.audits().map(({ outcome }) => outcome)).toEqual(Array(4).fill('malformed'))
  })

  test.each([
    ['broken JSON', '{"jsonrpc":', 400, -32700],
    ['an empty body', '', 400, -32700],
    ['a number', '7', 400, -32600],
    ['null', 'null', 400, -32600],
    ['text', '"text"', 400, -32600],
    ['another object', '{"a":1}', 400, -32600],
    ['another version of JSON-RPC', '{"jsonrpc":"1.0","id":1,"method":"ping"}', 400, -32600],
    ['a method that is no text', '{"jsonrpc":"2.0","id":1,"method":7}', 400, -32600],
    ['an id that is null (BA-02)', '{"jsonrpc":"2.0","id":null,"method":"ping"}', 400, -32600],
    [
      'a property named __proto__',
      '{"jsonrpc":"2.0","id":1,"method":"ping","params":{"__proto__":{"a":1}}}',
      400,
      -32600,
    ],
    [
      '100 levels (TO-31)',
      `{"jsonrpc":"2.0","id":1,"method":"ping","params":{"a":${'['.repeat(100)}${']'.repeat(100)}}}`,
      400,
      -32600,
    ],
    ['a million brackets', '['.repeat(1_000_000), 400, -32700],
    ['2 MB', JSON.stringify({ a: 'x'.repeat(2 * 1024 * 1024) }), 413, -32600],
  ])('a body of %s is refused', async (_, payload, status, code) => {
    const answer = await send(harness.app, { method: 'POST', payload }, { token })
    expect([answer.status, answer.body.error.code]).toEqual([status, code])
    expect(answer.headers).not.toHaveProperty('www-authenticate')
  })

  test('bytes that are no UTF-8 are refused', async () => {
    const payload = Buffer.concat([
      Buffer.from('{"jsonrpc":"2.0","id":"'),
      Buffer.from([0xc3, 0x28]),
      Buffer.from('"}'),
    ])
    const answer = await send(harness.app, { method: 'POST', payload }, { token })
    expect([answer.status, answer.body.error.code]).toEqual([400, -32700])
  })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
  ])('the content type %s is 415', async (type) => {
    const answer = await post(harness.app, '{"jsonrpc":"2.0","id":1,"method":"ping"}', {
      token,
      headers: { 'content-type': type },
    })
    expect(answer.status).toBe(415)
  })

  test('an unreadable content type, or none, is 415', async () => {
    harness.audits()
    const unreadable = await post(harness.app, '{}', { token, headers: { 'content-type': ';;' } })
    const none = await send(harness.app, { method: 'POST' }, { token })
    for (const { status, body } of [unreadable, none]) expect([status, body.error.code]).toEqual([415, -32600])
    const record = { decision: 'refused', reason: 'content-type-not-json', subject: 'ada' }
    expect(harness.audits()).toMatchObject([record, record])
  })

  test('a content type with a charset is fine, a compressed body is not', async () => {
    const ping = '{"jsonrpc":"2.0","id":1,"method":"ping"}'
    const charset = await post(harness.app, ping, {
      token,
      headers: { 'content-type': 'application/json; charset=utf-8' },
    })
    expect(charset.status).toBe(200)
    const compressed = await post(harness.app, ping, { token, headers: { 'content-encoding': 'gzip' } })
    expect(compressed.status).toBe(415)
  })

  test('BA-01: text that is not ASCII arrives as it was sent', async () => {
    const answer = await modern(
      harness.app,
      'tools/call',
      { name: 'choose', arguments: { value: { a: 'añ😀' } } },
      { token },
    )
    expect(answer.body.result.structuredContent).toEqual({ value: ['{"a":"añ😀"}'] })
  })

  test('TO-18, TR-10: an unknown method is -32601, with 404 only in the newer era', async () => {
    const newer = await modern(harness.app, 'foo/bar', {}, { token })
    expect([newer.status, newer.body.error.code]).toEqual([404, -32601])
    const older = await legacy(harness.app, 'foo/bar', {}, { token })
    expect([older.status, older.body.error.code]).toEqual([200, -32601])
  })

  test('BA-19: methods for what is not offered are -32601', async () => {
    for (const method of [
      'resources/list',
      'prompts/list',
      'completion/complete',
      'logging/setLevel',
      'subscriptions/listen',
    ]) {
      const answer = await modern(harness.app, method, { notifications: {} }, { token })
      expect([method, answer.status, answer.body.error.code, answer.body.id]).toEqual([method, 404, -32601, 1])
    }
  })

  test.each([
    ['TR-20: no version header', { 'mcp-protocol-version': '' }, -32020],
    ['TR-21: another version in the header', { 'mcp-protocol-version': '2025-11-25' }, -32020],
    ['TR-23: another method in the header', { 'mcp-method': 'prompts/list' }, -32020],
    ['TR-24: another tool in the header', { 'mcp-name': 'whoami' }, -32020],
  ])('%s is 400', async (_, headers, code) => {
    const answer = await modern(harness.app, 'tools/call', { name: 'read_notes' }, { token, headers })
    expect([answer.status, answer.body.error.code, answer.body.id]).toEqual([400, code, 1])
    expect(harness.witness.calls).toEqual([])
    expect(harness.audits()).toMatchObject([{ outcome: 'malformed' }])
  })

  test('TR-22: an unknown version is -32022, TL-07: a wrong legacy header 400', async () => {
    const body = {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/list',
      params: {
        _meta: {
          'io.modelcontextprotocol/protocolVersion': '2099-01-01',
          'io.modelcontextprotocol/clientCapabilities': {},
        },
      },
    }
    const newer = await post(harness.app, body, {
      token,
      headers: { 'mcp-protocol-version': '2099-01-01', 'mcp-method': 'tools/list' },
    })
    expect([newer.status, newer.body.error.code]).toEqual([400, -32022])
    const older = await legacy(
      harness.app,
      'tools/list',
      {},
      { token, headers: { 'mcp-protocol-version': '1900-01-01' } },
    )
    expect(older.status).toBe(400)
  })

  test('BA-12: a modern header without the claim is 400, never silently legacy', async () => {
    const answer = await legacy(
      harness.app,
      'tools/call',
      { name: 'whoami' },
      { token, headers: { 'mcp-protocol-version': MODERN } },
    )
    expect([answer.status, answer.body.error.code]).toEqual([400, -32602])
    expect(harness.witness.calls).toEqual([])
  })

  test('TO-27: an unknown cursor is -32602', async () => {
    const answer = await modern(harness.app, 'tools/list', { cursor: 'zzz' }, { token })
    expect(answer.body.error.code).toBe(-32602)
  })

  test('over a real connection a client gets to see the 413, with a length and without', async () => {
    await harness.app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = harness.app.server.address() as AddressInfo
    const ask = (headers: Record<string, string | number>, body: Buffer): Promise<number> =>
      new Promise((resolve, reject) => {
        const outgoing = request({ port, host: '127.0.0.1', method: 'POST', path: '/mcp', headers }, (incoming) => {
          incoming.resume().on('end', () => resolve(incoming.statusCode ?? 0))
        })
        outgoing.on('error', reject).end(body)
      })
    const headers = { host: 'notes.example.com', authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const body = Buffer.alloc(2 * 1024 * 1024, ' ')
    expect(await ask({ ...headers, 'content-length': body.length }, body)).toBe(413)
    expect(await ask({ ...headers, 'transfer-encoding': 'chunked' }, body)).toBe(413)
    expect(await ask({ host: 'notes.example.com', 'content-length': body.length }, body)).toBe(401)
  })

  test('TK-16: what a client put into a header is in no record of any level, however wrong it is', async () => {
    const call = { name: 'whoami' }
    for (const headers of [
      { 'mcp-name': 'hunter2' },
      { 'mcp-method': 'hunter2' },
      { 'mcp-protocol-version': 'hunter2' },
      { 'mcp-name': '=?base64?hunter2!?=' },
    ]) {
      expect((await modern(harness.app, 'tools/call', call, { token, headers })).status).toBe(400)
    }
    expect((await legacy(harness.app, 'foo/hunter2', {}, { token })).body.error.code).toBe(-32601)
    expect((await legacy(harness.app, 'ping', {}, { token, headers: { accept: 'hunter2' } })).status).toBe(406)
    expect(harness.log()).not.toContain('hunter2')
    expect(harness.log()).toContain('"reason":"Rejected inbound request (name-header-mismatch)"')
  })

  test('nothing of this was a 500, and no record holds an argument', async () => {
    expect(harness.log()).not.toMatch(/"status":500/)
    expect(harness.log()).not.toContain('not-a-uuid')
  })
})
