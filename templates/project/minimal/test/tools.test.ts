import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { challengedScopes, connect, post } from './client.js'
import { type RunningServer, startServer } from './running-server.js'

let server: RunningServer

beforeAll(async () => {
  server = await startServer()
})

afterAll(() => server.stop())

describe('current_time', () => {
  it('answers everybody', async () => {
    const client = await connect(server.resource)
    const { structuredContent } = await client.callTool({ name: 'current_time', arguments: {} })
    expect(structuredContent).toEqual({ now: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) })
    await client.close()
  })
})

describe('greet', () => {
  const input = { name: 'Grace' }

  it('greets in the name of who is signed in', async () => {
    const client = await connect(server.resource, await server.token('ada', ['greet:person']))
    const { structuredContent } = await client.callTool({ name: 'greet', arguments: input })
    expect(structuredContent).toEqual({ greeting: 'Hello Grace, ada says hi.' })
    await client.close()
  })

  it('tells whoever has no token what to log in for', async () => {
    const answer = await post(server.resource, 'greet', input)
    expect(answer.status).toBe(401)
    expect(challengedScopes(answer)).toEqual(['greet:person'])
  })

  it('takes no token that somebody made up', async () => {
    expect((await post(server.resource, 'greet', input, 'made-up')).status).toBe(401)
  })

  it('tells the model what is wrong with its arguments', async () => {
    const client = await connect(server.resource, await server.token('ada', ['greet:person']))
    const result = await client.callTool({ name: 'greet', arguments: { name: ' ' } })
    expect(result).toMatchObject({ isError: true, content: [{ text: expect.stringContaining('name') }] })
    await client.close()
  })
})
