// What an application such as Claude does: it logs its user in, is refused a write, asks for more, and writes.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BrowserlessProvider } from '@mcp-secure/testing'
import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from './running-server.js'

let data: string
let server: RunningServer

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'notes-login-'))
  process.env.NOTES_DATA = data
  delete process.env.DATABASE_URL
  server = await startServer()
})

afterAll(async () => {
  await server.stop()
  await rm(data, { recursive: true })
})

function newClient(authProvider: BrowserlessProvider): { client: Client; transport: StreamableHTTPClientTransport } {
  return {
    client: new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } }),
    transport: new StreamableHTTPClientTransport(server.resource, { authProvider }),
  }
}

it('a user logs in to read, and once more to write', async () => {
  const user = new BrowserlessProvider({ user: 'ada' })
  const login = newClient(user)
  await expect(login.client.connect(login.transport)).rejects.toBeInstanceOf(UnauthorizedError)
  await login.transport.finishAuth(user.callback.searchParams)

  const { client, transport } = newClient(user)
  await client.connect(transport)
  expect((await client.callTool({ name: 'list_notes', arguments: {} })).structuredContent).toEqual({ notes: [] })
  expect(user.tokens()?.scope).toBe('notes:read')

  const write = () => client.callTool({ name: 'write_note', arguments: { text: 'Tea, bread, lemons' } })
  await expect(write()).rejects.toBeInstanceOf(UnauthorizedError)
  await transport.finishAuth(user.callback.searchParams)
  expect((await write()).structuredContent).toEqual({ id: expect.any(String) })
  await client.close()
})

it('a user who does not agree gets no token', async () => {
  const user = new BrowserlessProvider({ user: 'ada', decision: 'deny' })
  const { client, transport } = newClient(user)
  await expect(client.connect(transport)).rejects.toBeInstanceOf(UnauthorizedError)
  await expect(transport.finishAuth(user.callback.searchParams)).rejects.toThrow(/denied/)
  expect(user.tokens()).toBeUndefined()
})
