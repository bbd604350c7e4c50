// What an application such as Claude does: it logs its user in, is refused a reservation, asks for more, and reserves.
import { BrowserlessProvider } from '@mcp-secure/testing'
import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from './running-server.js'

let server: RunningServer

beforeAll(async () => {
  server = await startServer()
})

afterAll(() => server.stop())

function newClient(authProvider: BrowserlessProvider): { client: Client; transport: StreamableHTTPClientTransport } {
  return {
    client: new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } }),
    transport: new StreamableHTTPClientTransport(server.resource, { authProvider }),
  }
}

it('a user logs in to search, and once more to reserve', async () => {
  const user = new BrowserlessProvider({ user: 'ada' })
  const login = newClient(user)
  await expect(login.client.connect(login.transport)).rejects.toBeInstanceOf(UnauthorizedError)
  await login.transport.finishAuth(user.callback.searchParams)

  const { client, transport } = newClient(user)
  await client.connect(transport)
  const search = await client.callTool({ name: 'search_books', arguments: { words: 'nobody wrote this' } })
  expect(search.structuredContent).toEqual({ books: [] })
  expect(user.tokens()?.scope).toBe('books:read')

  const reserve = () => client.callTool({ name: 'reserve_book', arguments: { isbn: '9780201835953' } })
  await expect(reserve()).rejects.toBeInstanceOf(UnauthorizedError)
  await transport.finishAuth(user.callback.searchParams)
  expect((await reserve()).structuredContent).toEqual({ reservation: '9780201835953 for ada' })
  await client.close()
})

it('a user who does not agree gets no token', async () => {
  const user = new BrowserlessProvider({ user: 'ada', decision: 'deny' })
  const { client, transport } = newClient(user)
  await expect(client.connect(transport)).rejects.toBeInstanceOf(UnauthorizedError)
  await expect(transport.finishAuth(user.callback.searchParams)).rejects.toThrow(/denied/)
  expect(user.tokens()).toBeUndefined()
})
