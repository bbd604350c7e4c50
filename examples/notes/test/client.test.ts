// The generated client as another program would use it: against the generated server and the real
// authorization server, with a user who logs in.
import { readFile } from 'node:fs/promises'
import { BrowserlessProvider } from '@mcp-secure/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createClient } from '../generated/client.gen.js'
import { type Running, start } from './support/running.js'

let running: Running
let url: string

beforeAll(async () => {
  running = await start()
  url = running.environment.MCP_RESOURCE
})

afterAll(() => running.close())

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
