// Stands for the API in development and in tests, so that nothing has to be reached or paid for. Delete it when
// there is a better stand-in.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

const BOOKS = [
  { isbn: '9780262510875', title: 'Structure and Interpretation of Computer Programs', author: 'Abelson, Sussman' },
  { isbn: '9780131103627', title: 'The C Programming Language', author: 'Kernighan, Ritchie' },
  { isbn: '9780201835953', title: 'The Mythical Man-Month', author: 'Brooks' },
]

const KEY = 'key-of-the-fake-api'

export interface FakeApi {
  readonly baseUrl: string
  readonly key: string
  /** What was asked so far, such as `GET /v1/books`. */
  readonly requests: readonly string[]
  close(): Promise<void>
}

/** Takes a request before the API does, and says whether it answered it: how tests make it fail. */
export type Interference = (request: IncomingMessage, response: ServerResponse) => boolean

/** Starts the API on a free port of this machine. */
export async function startFakeApi(interfere: Interference = () => false): Promise<FakeApi> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url?.replace(/\?.*/, '')}`)
    if (!interfere(request, response)) answer(request, response).catch(() => response.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  return {
    baseUrl: `http://127.0.0.1:${address.port}/v1`,
    key: KEY,
    requests,
    async close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  if (request.headers.authorization !== `Bearer ${KEY}`) return send(response, 401, { error: 'who are you?' })
  if (request.method === 'GET' && url.pathname === '/v1/books') {
    return send(response, 200, { books: BOOKS.filter((book) => matches(book, url.searchParams.get('words') ?? '')) })
  }
  const isbn = /^\/v1\/books\/([^/]+)\/reservations$/.exec(url.pathname)?.[1]
  if (request.method === 'POST' && isbn !== undefined && BOOKS.some((book) => book.isbn === isbn)) {
    const { reader } = JSON.parse(await bodyOf(request)) as { reader: string }
    return send(response, 201, { reservation: `${isbn} for ${reader}` })
  }
  send(response, 404, { error: 'no such thing' })
}

function matches({ title, author }: (typeof BOOKS)[number], words: string): boolean {
  const text = `${title} ${author}`.toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
