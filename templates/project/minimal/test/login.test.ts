// What an application such as Claude does: it is refused, logs its user in, and calls again.
import { BrowserlessProvider } from '@mcp-secure/testing'
import { Client, StreamableHTTPClientTransport, UnauthorizedError } from '@modelcontextprotocol/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningServer, startServer } from './running-server.js'

let server: RunningServer

beforeAll(async () => {
  server = await startServer()
})

afterAll(() => server.stop())

it('a user logs in at the first call that needs it', async () => {
  const authProvider = new BrowserlessProvider({ user: 'ada' })
  const transport = new StreamableHTTPClientTransport(server.resource, { authProvider })
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } })
  await client.connect(transport)
  const call = () => client.callTool({ name: 'greet', arguments: { name: 'Grace' } })
  await expect(call()).rejects.toBeInstanceOf(UnauthorizedError)
  await transport.finishAuth(authProvider.callback.searchParams)
  expect((await call()).structuredContent).toEqual({ greeting: 'Hello Grace, ada says hi.' })
  await client.close()
})

it('a user who does not agree gets no token', async () => {
  const authProvider = new BrowserlessProvider({ user: 'ada', decision: 'deny' })
  const transport = new StreamableHTTPClientTransport(server.resource, { authProvider })
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } })
  await client.connect(transport)
  const call = client.callTool({ name: 'greet', arguments: { name: 'Grace' } })
  await expect(call).rejects.toBeInstanceOf(UnauthorizedError)
  await expect(transport.finishAuth(authProvider.callback.searchParams)).rejects.toThrow(/denied/)
  expect(authProvider.tokens()).toBeUndefined()
  await client.close()
})
