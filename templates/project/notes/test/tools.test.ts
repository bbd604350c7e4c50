import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from '@modelcontextprotocol/client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { challengedScopes, connect, post } from './client.js'
import { type RunningServer, startServer } from './running-server.js'

let data: string
let server: RunningServer
const clients: Client[] = []

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'notes-tools-'))
  process.env.NOTES_DATA = data
  delete process.env.DATABASE_URL
  server = await startServer()
})

afterEach(() => Promise.all(clients.splice(0).map((client) => client.close())))

afterAll(async () => {
  await server.stop()
  await rm(data, { recursive: true })
})

async function signIn(user: string): Promise<Client> {
  const client = await connect(server.resource, await server.token(user, ['notes:write']))
  clients.push(client)
  return client
}

const list = (client: Client) => client.callTool({ name: 'list_notes', arguments: {} })
const write = (client: Client, text: string) => client.callTool({ name: 'write_note', arguments: { text } })
const remove = (client: Client, id: string) => client.callTool({ name: 'delete_note', arguments: { id } })

describe('notes', () => {
  it('are written, listed and deleted by their owner', async () => {
    const ada = await signIn('ada')
    const { id } = (await write(ada, 'Tea, bread, lemons')).structuredContent as { id: string }
    expect((await list(ada)).structuredContent).toMatchObject({ notes: [{ id, text: 'Tea, bread, lemons' }] })
    expect((await remove(ada, id)).isError).toBeFalsy()
    expect((await list(ada)).structuredContent).toEqual({ notes: [] })
  })

  it('of one user are neither shown to another nor deleted by them', async () => {
    const [ada, grace] = [await signIn('ada'), await signIn('grace')]
    const { id } = (await write(ada, 'private')).structuredContent as { id: string }
    expect((await list(grace)).structuredContent).toEqual({ notes: [] })
    const refused = { isError: true, content: [{ text: expect.stringContaining('You have no note') }] }
    expect(await remove(grace, id)).toMatchObject(refused)
    expect((await list(ada)).structuredContent).toMatchObject({ notes: [{ id }] })
  })

  it('are not empty', async () => {
    expect(await write(await signIn('ada'), '  ')).toMatchObject({ isError: true })
  })
})

describe('whoever may not', () => {
  it.each(['list_notes', 'write_note', 'delete_note'])('is sent to log in before %s', async (tool) => {
    const answer = await post(server.resource, tool, {})
    expect(answer.status).toBe(401)
    expect(challengedScopes(answer)).toContain('notes:read')
  })

  it('gets nowhere with a token that somebody made up', async () => {
    expect((await post(server.resource, 'list_notes', {}, 'made-up')).status).toBe(401)
  })

  it('reads with a token for reading, and is told what writing needs', async () => {
    const token = await server.token('ada', ['notes:read'])
    expect((await post(server.resource, 'list_notes', {}, token)).status).toBe(200)
    const answer = await post(server.resource, 'write_note', { text: 'not mine to write' }, token)
    expect(answer.status).toBe(403)
    expect(challengedScopes(answer)).toContain('notes:write')
  })
})
