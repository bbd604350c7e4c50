import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'

/** The largest body that is read, in bytes; the provider's own limit. */
const LARGEST = 56 * 1024

/** The whole body, or `undefined` when it is larger than any honest one. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    // The rest is read and forgotten, so that the client is still there to hear the answer.
    if (size <= LARGEST) chunks.push(chunk)
  }
  return size <= LARGEST ? Buffer.concat(chunks) : undefined
}

/**
 * The same request with another body. A stream can be read once, so what has
 * read it hands on a stream of its own; everything else is the original's.
 */
export function withBody(request: IncomingMessage, body: string): IncomingMessage {
  const bytes = Buffer.from(body)
  const stream = Readable.from([bytes], { objectMode: false })
  const headers = { ...request.headers, 'content-length': String(bytes.length) }
  return new Proxy(request, {
    get(target, property) {
      if (property === 'headers') return headers
      const source = streamMembers.has(property) ? stream : target
      const value: unknown = Reflect.get(source, property, source)
      return typeof value === 'function' ? value.bind(source) : value
    },
  })
}

/** How the provider reads a body. */
const streamMembers: ReadonlySet<string | symbol> = new Set<string | symbol>([
  'readable',
  'readableEncoding',
  'iterator',
  Symbol.asyncIterator,
])
