// The official TypeScript client, version 1.
import assert from 'node:assert/strict'
import { BrowserlessProvider } from '@mcp-secure/testing'
import { auth } from '@modelcontextprotocol/sdk/client/auth.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { noting, spoil, step } from './expect.mjs'

const url = new URL(process.env.MCP_URL)
const provider = new BrowserlessProvider({ user: 'ada', clientName: 'TypeScript, version 1' })
const refusals = []
const makeTransport = () => new StreamableHTTPClientTransport(url, { authProvider: provider, fetch: noting(refusals) })
const makeClient = () => new Client({ name: 'interop', version: '1.0.0' })
const code = () => provider.callback.searchParams.get('code')

const login = makeTransport()
await assert.rejects(makeClient().connect(login), /Unauthorized/)
step(
  'discovery: 401 with a challenge, and where to log in',
  refusals.map(({ status }) => status),
  [401],
)
assert.ok(provider.clientInformation()?.client_id, 'a client was registered')
await login.finishAuth(code())
step('registration and login, for what the challenge asks for', provider.tokens()?.scope, 'notes:read')

const transport = makeTransport()
const client = makeClient()
await client.connect(transport)
const listed = await client.callTool({ name: 'list_notes', arguments: {} })
step(`call, in ${transport.protocolVersion}`, Array.isArray(listed.structuredContent?.notes), true)

// This version refreshes where it should ask the person, and gives up: the program asks, for what the challenge names.
const note = { name: 'create_note', arguments: { title: 'Interop', text: 'version 1' } }
await assert.rejects(client.callTool(note), /403/)
const scope = /scope="([^"]+)"/.exec(refusals.at(-1).challenge)[1]
provider.invalidateCredentials('tokens')
await auth(provider, { serverUrl: url, scope })
await transport.finishAuth(code())
const created = await client.callTool(note)
step('step-up: 403, a login for more, the call again', typeof created.structuredContent?.id, 'string')

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
