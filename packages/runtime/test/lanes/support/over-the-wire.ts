import { type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Harness } from '../../support/harness.js'
import type { Sent } from './pair.js'

/** An answer byte by byte, as a socket gives it. */
export interface WireAnswer {
  readonly status: number | undefined
  /** In the order and the letters of the wire, without `Date`. */
  readonly headers: readonly string[]
  body(): Promise<string>
  /** Closes the connection, as a client that goes away does. */
  leave(): void
}

/** Sends a request over a connection of its own; resolves when the headers of the answer are there. */
export function overTheWire(harness: Harness, sent: Sent): Promise<WireAnswer> {
  return begin(harness, sent).answer
}

/** The same, for a client that may leave before there is an answer. */
export function begin(
  { app }: Harness,
  { headers, payload, token }: Sent,
): { readonly answer: Promise<WireAnswer>; leave(): void } {
  const { port } = app.server.address() as AddressInfo
  const outgoing = request({
    host: '127.0.0.1',
    port,
    path: '/mcp',
    method: 'POST',
    agent: false,
    headers: {
      host: 'notes.example.com',
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(payload),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
  })
  const leave = (): void => void outgoing.destroy()
  const answer = new Promise<WireAnswer>((resolve, reject) => {
    outgoing.on('error', reject)
    outgoing.on('response', (incoming) =>
      resolve({
        status: incoming.statusCode,
        headers: withoutDate(incoming.rawHeaders),
        body: () => bodyOf(incoming),
        leave,
      }),
    )
  })
  outgoing.end(payload)
  return { answer, leave }
}

function withoutDate(raw: readonly string[]): readonly string[] {
  const lines = raw.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${raw[index + 1]}`] : []))
  return lines.filter((line) => !line.toLowerCase().startsWith('date:')).map((line) => line.replace(/;t=\d+/g, ''))
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
