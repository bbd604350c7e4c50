import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** A message of a stream. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came
export type Received = any

/** An answer that stays open, read message by message. */
export interface OpenAnswer {
  readonly status: number
  readonly headers: Headers
  /** The next message; nothing, if the stream ended. */
  next(): Promise<Received | undefined>
  /** The id of the last event. */
  lastId(): string | undefined
  /** Goes away, as a client that closes its connection does. */
  leave(): void
}

export interface ToOpen {
  readonly method?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

/** Sends a request over real HTTP, and does not wait for the end of its answer. */
export async function open(app: FastifyInstance, token: string, request: ToOpen): Promise<OpenAnswer> {
  return openAt((app.server.address() as AddressInfo).port, token, request)
}

/** The same to whatever listens on that port of this machine. */
export async function openAt(
  port: number,
  token: string,
  { method = 'POST', body, headers = {} }: ToOpen,
): Promise<OpenAnswer> {
  const controller = new AbortController()
  const response = await fetch(`http://127.0.0.1:${port}/mcp`, {
    method,
    signal: controller.signal,
    headers: {
      // The resource is https://notes.example.com/mcp, and fetch lets nobody say another Host.
      authorization: `Bearer ${token}`,
      accept: 'application/json, text/event-stream',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const messages = messagesOf(response)
  let last: string | undefined
  return {
    status: response.status,
    headers: response.headers,
    async next() {
      const { value, done } = await messages.next()
      if (done || value === undefined) return undefined
      last = value.id ?? last
      return value.message
    },
    lastId: () => last,
    leave: () => controller.abort(),
  }
}

async function* messagesOf(response: Response): AsyncGenerator<{ id: string | undefined; message: Received }> {
  if (response.body === null) return
  const text = response.body.pipeThrough(new TextDecoderStream())
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
    let whole = ''
    for await (const part of text) whole += part
    if (whole !== '') yield { id: undefined, message: JSON.parse(whole) }
    return
  }
  let rest = ''
  for await (const part of text) {
    const events = (rest + part).split('\n\n')
    rest = events.pop() ?? ''
    for (const event of events) {
      const field = (name: string): string | undefined =>
        event
          .split('\n')
          .find((line) => line.startsWith(`${name}:`))
          ?.slice(name.length + 1)
          .trim()
      const data = field('data')
      if (data !== undefined) yield { id: field('id'), message: data === '' ? {} : JSON.parse(data) }
    }
  }
}
