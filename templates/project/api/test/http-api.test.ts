import type { IncomingMessage, ServerResponse } from 'node:http'
import { ToolError } from '@mcp-secure/spec'
import { afterEach, describe, expect, it } from 'vitest'
import { type FakeApi, type Interference, startFakeApi } from '../development/fake-api.js'
import { HttpApi, type HttpApiOptions } from '../library/http-api.js'
import { Library } from '../library/library.js'

const ISBN = '9780201835953'
const never = new AbortController().signal

let api: FakeApi | undefined
afterEach(() => api?.close())

async function libraryOver(interfere: Interference, options: Partial<HttpApiOptions> = {}): Promise<Library> {
  api = await startFakeApi(interfere)
  return new Library(new HttpApi({ baseUrl: api.baseUrl, key: api.key, retryDelay: 1, ...options }))
}

/** Answers the first requests with these, and leaves the others to the API. */
function first(...answers: ((request: IncomingMessage, response: ServerResponse) => void)[]): Interference {
  return (request, response) => {
    const next = answers.shift()
    next?.(request, response)
    return next !== undefined
  }
}

const status =
  (code: number, headers = {}) =>
  (_: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(code, headers).end('{"error":"secret words of the API"}')
const broken = (request: IncomingMessage) => void request.socket.destroy()
const silent = () => {}

/** What the model is told; anything but a `ToolError` would be for the log alone. */
async function toldBy(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ToolError)
  return (error as ToolError).message
}

describe('reading', () => {
  it.each([
    ['a fault that passes', status(503)],
    ['too many requests', status(429, { 'retry-after': '1' })],
    ['a broken connection', broken],
  ])('is tried again after %s', async (_, fault) => {
    const library = await libraryOver(first(fault))
    expect(await library.search('mythical', never)).toMatchObject([{ isbn: ISBN }])
    expect(api?.requests).toEqual(['GET /v1/books', 'GET /v1/books'])
  })

  it('is given up after three attempts', async () => {
    const library = await libraryOver(first(status(503), status(503), status(503)))
    expect(await toldBy(library.search('mythical', never))).toContain('fault')
    expect(api?.requests).toHaveLength(3)
  })

  it.each([400, 401, 403, 404, 500])('is not tried again after %i', async (code) => {
    const library = await libraryOver(first(status(code)))
    await expect(library.search('mythical', never)).rejects.toThrow()
    expect(api?.requests).toHaveLength(1)
  })

  it.each(['60', 'Wed, 21 Oct 2099 07:28:00 GMT'])(
    'is not tried again when the API wants to be left alone: %s',
    async (after) => {
      const library = await libraryOver(first(status(429, { 'retry-after': after })))
      expect(await toldBy(library.search('mythical', never))).toContain('too much to do')
      expect(api?.requests).toHaveLength(1)
    },
  )

  it('ends at once when the caller goes away', async () => {
    const caller = new AbortController()
    const library = await libraryOver(() => {
      caller.abort(new Error('the client is gone'))
      return true
    })
    await expect(library.search('mythical', caller.signal)).rejects.toThrow('the client is gone')
    expect(api?.requests).toHaveLength(1)
  })
})

describe('writing', () => {
  it.each([
    ['a fault', status(503)],
    ['a broken connection', broken],
    ['silence', silent],
  ])('is not tried again after %s, since it may have been carried out', async (_, fault) => {
    const library = await libraryOver(first(fault), { timeout: 50 })
    await toldBy(library.reserve('ada', ISBN, never))
    expect(api?.requests).toEqual([`POST /v1/books/${ISBN}/reservations`])
  })
})

describe('what the model is told', () => {
  it.each([
    ['404', status(404), 'nothing like that'],
    ['401', status(401), 'does not let this server in'],
    ['403', status(403), 'does not let this server in'],
    ['429', status(429, { 'retry-after': '60' }), 'Try again in 60 seconds'],
    ['500', status(500), 'has a fault'],
  ])('of %s is what it can do, and no word of the API', async (_, fault, words) => {
    const library = await libraryOver(first(fault))
    const told = await toldBy(library.search('mythical', never))
    expect(told).toContain(words)
    expect(told).not.toMatch(/secret words|127\.0\.0\.1/)
  })

  it('of an API that does not answer is that, and not where it is', async () => {
    const library = await libraryOver(() => true, { timeout: 50 })
    expect(await toldBy(library.search('mythical', never))).toMatch(/^The library did not answer in time/)
  })

  it('of an API that stops in the middle of an answer is the same', async () => {
    const library = await libraryOver((_request, response) => response.writeHead(200).write('{'), { timeout: 50 })
    expect(await toldBy(library.search('mythical', never))).toMatch(/^The library did not answer in time/)
  })

  it('of an API that cannot be reached is that, and not where it is', async () => {
    const library = await libraryOver(() => false)
    await api?.close()
    expect(await toldBy(library.search('mythical', never))).toMatch(/^The library cannot be reached/)
  })

  it('of a book that does not exist is where to find one', async () => {
    const library = await libraryOver(() => false)
    expect(await toldBy(library.reserve('ada', '0000000000000', never))).toContain('search_books')
  })
})

describe('an answer that makes no sense', () => {
  it.each([
    ['no JSON', '<html>'],
    ['another shape', '{"books":[{"isbn":1}]}'],
    ['far too much', JSON.stringify({ books: [], more: 'x'.repeat(1_000_001) })],
  ])('is for the log alone: %s', async (_, body) => {
    const library = await libraryOver(first((_request, response) => void response.writeHead(200).end(body)))
    const error = await library.search('mythical', never).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Error)
    expect(error).not.toBeInstanceOf(ToolError)
  })

  it('is a redirect, which is not followed', async () => {
    const elsewhere = await startFakeApi()
    const library = await libraryOver(first(status(302, { location: `${elsewhere.baseUrl}/books` })))
    const error = await library.search('mythical', never).catch((reason: unknown) => reason)
    expect(error).not.toBeInstanceOf(ToolError)
    expect([api?.requests.length, elsewhere.requests.length]).toEqual([1, 0])
    await elsewhere.close()
  })
})
