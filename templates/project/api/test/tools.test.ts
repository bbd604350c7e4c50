import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { challengedScopes, connect, post } from './client.js'
import { type RunningServer, startServer } from './running-server.js'

const ISBN = '9780201835953'

let server: RunningServer

beforeAll(async () => {
  // The API that is made up.
  for (const name of ['API_URL', 'API_KEY']) vi.stubEnv(name, undefined)
  server = await startServer()
})

afterAll(() => server.stop())

describe('search_books', () => {
  it('finds books by words', async () => {
    const client = await connect(server.resource, await server.token('ada', ['books:read']))
    const { structuredContent } = await client.callTool({ name: 'search_books', arguments: { words: 'month brooks' } })
    expect(structuredContent).toEqual({ books: [{ isbn: ISBN, title: 'The Mythical Man-Month', author: 'Brooks' }] })
    await client.close()
  })

  it('tells whoever has no token what to log in for', async () => {
    const answer = await post(server.resource, 'search_books', { words: 'month' })
    expect(answer.status).toBe(401)
    expect(challengedScopes(answer)).toEqual(['books:read'])
  })

  it('takes no token that somebody made up', async () => {
    expect((await post(server.resource, 'search_books', { words: 'month' }, 'made-up')).status).toBe(401)
  })
})

describe('reserve_book', () => {
  it('reserves for who is signed in, whoever else is named', async () => {
    const client = await connect(server.resource, await server.token('ada', ['books:reserve']))
    const { structuredContent } = await client.callTool({
      name: 'reserve_book',
      arguments: { isbn: ISBN, reader: 'grace' },
    })
    expect(structuredContent).toEqual({ reservation: `${ISBN} for ada` })
    await client.close()
  })

  it('is refused to a login for reading, with what it needs', async () => {
    const token = await server.token('ada', ['books:read'])
    const answer = await post(server.resource, 'reserve_book', { isbn: ISBN }, token)
    expect(answer.status).toBe(403)
    expect(challengedScopes(answer)).toContain('books:reserve')
  })

  it('takes no path for an ISBN', async () => {
    const client = await connect(server.resource, await server.token('ada', ['books:reserve']))
    const result = await client.callTool({ name: 'reserve_book', arguments: { isbn: '../../admin' } })
    expect(result).toMatchObject({ isError: true, content: [{ text: expect.stringContaining('isbn') }] })
    await client.close()
  })
})
