// The official TypeScript client, version 2. The argument is `auto` (2026-07-28) or `legacy` (2025-11-25).
import assert from 'node:assert/strict'
import { BrowserlessProvider } from '@mcp-secure/testing'
import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client'
import { noting, spoil, step } from './expect.mjs'

const mode = process.argv[2]
const url = new URL(process.env.MCP_URL)
const provider = new BrowserlessProvider({ user: 'ada', clientName: 'TypeScript, version 2' })
const refusals = []
const makeTransport = () => new StreamableHTTPClientTransport(url, { authProvider: provider, fetch: noting(refusals) })
const makeClient = () => new Client({ name: 'interop', version: '1.0.0' }, { versionNegotiation: { mode } })

const login = makeTransport()
await assert.rejects(makeClient().connect(login), UnauthorizedError)
step(
  'discovery: 401 with a challenge, and where to log in',
  refusals.map(({ status }) => status),
  [401],
)
assert.ok(provider.clientInformation()?.client_id, 'a client was registered')
await login.finishAuth(provider.callback.searchParams)
step('registration and login, for what the challenge asks for', provider.tokens()?.scope, 'notes:read')

const transport = makeTransport()
const client = makeClient()
await client.connect(transport)
const listed = await client.callTool({ name: 'list_notes', arguments: {} })
step(`call, in ${client.getNegotiatedProtocolVersion()}`, Array.isArray(listed.structuredContent?.notes), true)

const note = { name: 'create_note', arguments: { title: 'Interop', text: mode } }
await assert.rejects(client.callTool(note), UnauthorizedError)
assert.equal(refusals.at(-1).status, 403)
await transport.finishAuth(provider.callback.searchParams)
const created = await client.callTool(note)
step('step-up: 403, consent to more, the call again', typeof created.structuredContent?.id, 'string')
assert.deepEqual(provider.tokens().scope.split(' ').sort(), ['notes:read', 'notes:write'])

const logins = provider.authorizationUrls.length
spoil(provider)
const again = await client.callTool({ name: 'list_notes', arguments: {} })
step(
  'refresh: a new token without a login',
  [again.isError ?? false, provider.authorizationUrls.length],
  [false, logins],
)
assert.notEqual(provider.tokens().access_token, 'expired')
await client.close()
