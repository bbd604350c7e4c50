import type { AddressInfo } from 'node:net'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { RESOURCE } from './support/definition.js'
import { type Answer, createHarness, type Harness, legacy, MODERN, modern } from './support/harness.js'

/** Arguments of every type that a header can repeat, one of them within another. */
const input = z.object({
  region: z.string().meta({ 'x-mcp-header': 'Region' }).optional(),
  level: z.int().meta({ 'x-mcp-header': 'Level' }).optional(),
  dry: z.boolean().meta({ 'x-mcp-header': 'Dry' }).optional(),
  filter: z.object({ tenant: z.string().meta({ 'x-mcp-header': 'Tenant' }) }).optional(),
  free: z.string().optional(),
})
const base64 = (text: string): string => `=?base64?${Buffer.from(text).toString('base64')}?=`

describe('arguments that are repeated in headers', () => {
  let harness: Harness
  let token: string
  let calls: unknown[] = []
  const tools = {
    report: {
      access: { access: 'scopes' as const, scopes: ['notes:read'] },
      input,
      run: (given: unknown) => {
        calls.push(given)
        return 'done'
      },
    },
  }
  beforeAll(async () => {
    harness = await createHarness({ tools })
    token = await harness.token({ scopes: ['notes:read'] })
  })
  beforeEach(() => {
    calls = []
    harness.audits()
  })
  afterAll(() => harness.close())

  const call = (given: object, headers: Record<string, string> = {}, ask = modern): Promise<Answer> =>
    ask(harness.app, 'tools/call', { name: 'report', arguments: given }, { token, headers })

  test.each<[string, object, Record<string, string>]>([
    ['the same text', { region: 'eu' }, { 'mcp-param-region': 'eu' }],
    ['a header in other capitals (TR-25)', { region: 'eu' }, { 'MCP-PARAM-REGION': 'eu' }],
    ['space around it (TR-26)', { region: 'eu' }, { 'mcp-param-region': '  eu ' }],
    ['Base64 (TR-27)', { region: 'Zürich' }, { 'mcp-param-region': base64('Zürich') }],
    ['Base64 of an empty text', { region: '' }, { 'mcp-param-region': base64('') }],
    ['an empty text', { region: '' }, { 'mcp-param-region': '' }],
    [
      'markers in other capitals, which are text (TR-28)',
      { region: '=?BASE64?ZXU=?=' },
      { 'mcp-param-region': '=?BASE64?ZXU=?=' },
    ],
    ['half a marker, which is text (TR-28)', { region: '=?base64?ZXU=' }, { 'mcp-param-region': '=?base64?ZXU=' }],
    ['a number', { level: 42 }, { 'mcp-param-level': '42' }],
    ['a number in other words (TR-31)', { level: 42 }, { 'mcp-param-level': '42.0' }],
    ['a negative number', { level: -1 }, { 'mcp-param-level': '-1' }],
    ['a truth', { dry: false }, { 'mcp-param-dry': 'false' }],
    ['an argument within another', { filter: { tenant: 't1' } }, { 'mcp-param-tenant': 't1' }],
    ['nothing for what is absent (TR-30)', {}, {}],
    ['nothing for what no header repeats', { free: 'x' }, {}],
    ['a header of nobody', {}, { 'mcp-param-other': 'x' }],
  ])('are taken with %s', async (_, given, headers) => {
    const { status, body } = await call(given, headers)
    expect([status, body.result?.content?.[0]?.text]).toEqual([200, 'done'])
    expect(calls).toHaveLength(1)
  })

  test.each<[string, object, Record<string, string>]>([
    ['no header (TR-30)', { region: 'eu' }, {}],
    ['another text', { region: 'eu' }, { 'mcp-param-region': 'us' }],
    ['other capitals (TR-25)', { region: 'eu' }, { 'mcp-param-region': 'EU' }],
    ['a header for what is absent', {}, { 'mcp-param-region': 'eu' }],
    ['a header for null', { region: null }, { 'mcp-param-region': 'eu' }],
    ['a header for a list', { region: ['eu'] }, { 'mcp-param-region': 'eu' }],
    ['Base64 without its end (TR-29)', { region: 'Hello' }, { 'mcp-param-region': '=?base64?SGVsbG8?=' }],
    ['Base64 with other letters (TR-29)', { region: 'Hello' }, { 'mcp-param-region': '=?base64?SGVs!!!bG8=?=' }],
    ['Base64 with bits that mean nothing', { region: 'eu' }, { 'mcp-param-region': '=?base64?ZXV=?=' }],
    ['Base64 of what is no UTF-8', { region: '\ufffd' }, { 'mcp-param-region': '=?base64?/w==?=' }],
    ['Base64 of another text', { region: 'eu' }, { 'mcp-param-region': base64('us') }],
    ['letters beyond ASCII', { region: 'ü' }, { 'mcp-param-region': 'ü' }],
    ['another number', { level: 42 }, { 'mcp-param-level': '43' }],
    ['a number in words that JavaScript takes', { level: 42 }, { 'mcp-param-level': '0x2a' }],
    ['no number', { level: 0 }, { 'mcp-param-level': '' }],
    ['another truth', { dry: true }, { 'mcp-param-dry': 'True' }],
    ['another argument within', { filter: { tenant: 't1' } }, { 'mcp-param-tenant': 't2' }],
    ['one of two that is true', { region: 'eu', level: 1 }, { 'mcp-param-region': 'eu', 'mcp-param-level': '2' }],
    ['an argument of the prototype', JSON.parse('{"filter":{"constructor":"x"}}'), { 'mcp-param-tenant': 'x' }],
  ])('are refused with %s, and nothing runs', async (_, given, headers) => {
    const { status, body, text } = await call(given, headers)
    expect([status, body.error.code, body.id]).toEqual([400, -32020, 1])
    expect(body.error.message).toMatch(/^The header mcp-param-[a-z]+ does not say what the body says$/)
    expect(text).not.toContain('us')
    expect(calls).toEqual([])
    expect(harness.audits()).toMatchObject([{ decision: 'refused', reason: 'header-mismatch' }])
  })

  test('TR-33: a header decides nothing, and without the scope nobody learns that it is wrong', async () => {
    const other = await harness.token({ scopes: [] })
    const ask = { token: other, headers: { 'mcp-param-region': 'us' } }
    const answer = await modern(harness.app, 'tools/call', { name: 'report', arguments: { region: 'eu' } }, ask)
    expect(answer.status).toBe(403)
    expect(calls).toEqual([])
  })

  test('older revisions know no such headers, and may not send false ones either', async () => {
    expect((await call({ region: 'eu' }, {}, legacy)).status).toBe(200)
    expect((await call({ region: 'eu' }, { 'mcp-param-region': 'eu' }, legacy)).status).toBe(200)
    expect((await call({ region: 'eu' }, { 'mcp-param-region': 'us' }, legacy)).status).toBe(400)
    expect(calls).toHaveLength(2)
  })

  test('the annotation reaches clients, and the official one sends the headers', async () => {
    const local = await createHarness({ tools, resource: 'http://127.0.0.1/mcp', issuer: harness.issuer })
    await local.app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = local.app.server.address() as AddressInfo
    const own = await local.token({ scopes: ['notes:read'], audience: 'http://127.0.0.1/mcp' })
    const client = new Client({ name: 'a', version: '1' }, { versionNegotiation: { mode: { pin: MODERN } } })
    const requestInit = { headers: { authorization: `Bearer ${own}` } }
    await client.connect(new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${port}/mcp`), { requestInit }))
    const listed = await client.listTools()
    expect(listed.tools[0]?.inputSchema.properties).toMatchObject({ region: { 'x-mcp-header': 'Region' } })
    const given = { region: 'Zürich', level: 7, dry: true, filter: { tenant: ' t ' } }
    const { content } = await client.callTool({ name: 'report', arguments: given })
    expect(content).toEqual([{ type: 'text', text: 'done' }])
    expect(calls).toEqual([given])
    await client.close()
    await local.app.close()
  })

  test('a page may send them: the preflight names each', async () => {
    const origin = new URL(RESOURCE).origin
    const { headers } = await harness.app.inject({
      method: 'OPTIONS',
      url: new URL(RESOURCE).pathname,
      headers: { host: new URL(RESOURCE).host, origin, 'access-control-request-method': 'POST' },
    })
    const allowed = String(headers['access-control-allow-headers']).split(', ')
    for (const name of ['region', 'level', 'dry', 'tenant']) expect(allowed).toContain(`mcp-param-${name}`)
    expect(allowed).not.toContain('*')
  })
})
