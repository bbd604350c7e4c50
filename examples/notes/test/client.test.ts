// The generated client as another program would use it: against the generated server and the real
// authorization server, with a user who logs in.
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAuthorizationServer } from '@mcp-secure/auth-server'
import { BrowserlessProvider } from '@mcp-secure/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createClient } from '../generated/client.gen.js'
import { policy } from '../generated/policy.gen.js'
import { createServer } from '../generated/server.gen.js'

let data: string
let url: string
let server: Awaited<ReturnType<typeof createServer>>
let authorizationServer: Awaited<ReturnType<typeof createAuthorizationServer>>

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'notes-client-'))
  process.env.NOTES_DATA = data
  const [port, issuerPort] = [await freePort(), await freePort()]
  url = `http://localhost:${port}/mcp`
  const environment = {
    NODE_ENV: 'test',
    MCP_RESOURCE: url,
    MCP_AUTH_ISSUER: `http://localhost:${issuerPort}`,
    MCP_INTROSPECTION_SECRET: 'known-to-both-for-this-test-only',
  }
  authorizationServer = await createAuthorizationServer(policy, { environment, state: 'memory' })
  await authorizationServer.listen({ host: 'localhost', port: issuerPort })
  server = await createServer({ environment, logger: false })
  await server.listen({ host: 'localhost', port })
})

afterAll(async () => {
  await server.close()
  await authorizationServer.close()
  await rm(data, { recursive: true })
})

it('asks once for all that its tools need, then calls them with types', async () => {
  const authProvider = new BrowserlessProvider({ user: 'ada' })
  const notes = createClient({ url, tools: ['create_note', 'read_note', 'delete_note'], authProvider })
  expect(notes.scopes).toEqual(['notes:write', 'notes:read'])

  const first = await notes.tools.create_note({ title: 'Groceries', text: 'Tea' })
  expect(first).toEqual({ ok: false, error: 'login-required', scopes: ['notes:write', 'notes:read'], redirected: true })
  expect(authProvider.authorizationUrls.map((asked) => asked.searchParams.get('scope'))).toEqual([
    // The SDK adds what gives it a refresh token.
    'notes:write notes:read offline_access',
  ])
  await notes.finishLogIn(authProvider.callback.searchParams)

  const created = await notes.tools.create_note({ title: 'Groceries', text: 'Tea' })
  if (!created.ok) throw new Error(created.error)
  const read = await notes.tools.read_note({ id: created.value.id })
  expect(read).toMatchObject({ ok: true, value: { title: 'Groceries', text: 'Tea' } })
  expect(await notes.tools.delete_note({ id: created.value.id })).toEqual({ ok: true, value: { deleted: true } })

  // What the tool itself refuses, in its own words.
  const gone = await notes.tools.read_note({ id: created.value.id })
  expect(gone).toEqual({ ok: false, error: 'tool-error', text: expect.stringContaining('note') })
  await notes.close()
})

it('says which scope is missing, and gets it when the user is asked', async () => {
  const authProvider = new BrowserlessProvider({ user: 'grace' })
  const reader = createClient({ url, tools: ['list_notes'], authProvider })
  await reader.logIn()
  await reader.finishLogIn(authProvider.callback.searchParams)
  expect(await reader.tools.list_notes()).toMatchObject({ ok: true, value: { notes: [] } })

  const notes = createClient({ url, authProvider })
  const refused = await notes.tools.create_note({ title: 'More', text: '' })
  expect(refused).toEqual({
    ok: false,
    error: 'insufficient-scope',
    missing: ['notes:write'],
    scopes: ['notes:read', 'notes:write'],
  })
  if (refused.ok || refused.error !== 'insufficient-scope') throw new Error('it was not refused for its scopes')
  // Nobody is asked behind the program's back.
  expect(authProvider.authorizationUrls).toHaveLength(1)

  expect(await notes.logIn(refused.scopes)).toBe('redirected')
  await notes.finishLogIn(authProvider.callback.searchParams)
  expect(await notes.tools.create_note({ title: 'More', text: '' })).toMatchObject({ ok: true })
  await Promise.all([reader.close(), notes.close()])
})

it('brings nothing of the server with it', async () => {
  const compiled = await readFile(new URL('../dist/generated/client.gen.js', import.meta.url), 'utf8')
  const imports = [...compiled.matchAll(/^import .*from '([^']+)'/gm)].map(([, module]) => module)
  expect(imports).toEqual(['@mcp-secure/client'])
})

async function freePort(): Promise<number> {
  const probe = createTcpServer().listen(0, 'localhost')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  return address.port
}
