import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

export interface Delivery {
  /** Whether the answer need not be read to its end when the client goes away: in 2025-11-25 the work goes on. */
  readonly disconnectEnds: boolean
  /** Called once, when the answer is complete, delivered or not. */
  finished(): void
}

/** Hands the SDK's answer to Fastify, no faster than the client reads it. */
export async function sendResponse(response: Response, reply: FastifyReply, delivery: Delivery): Promise<FastifyReply> {
  reply.code(response.status)
  for (const [name, value] of response.headers) {
    // The connection is Node's business.
    if (name !== 'connection') reply.header(name, value)
  }
  if (response.body === null) {
    delivery.finished()
    return reply.send()
  }
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    return reply.send(streamOf(response.body, delivery))
  }
  const text = await response.text()
  delivery.finished()
  return reply.send(text)
}

/** The chunks of a body; however the stream ends, `finished` is called. */
function streamOf(body: ReadableStream<Uint8Array>, delivery: Delivery): Readable {
  const reader = body.getReader()
  const progress = { begun: false }
  const stream = Readable.from(chunksOf(reader, delivery, progress), { objectMode: false })
  // A generator that was never asked for its first chunk does not run its `finally` either.
  stream.once('close', () => {
    if (!progress.begun) void abandon(reader, delivery)
  })
  return stream
}

async function* chunksOf(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  delivery: Delivery,
  progress: { begun: boolean },
): AsyncGenerator<Uint8Array> {
  progress.begun = true
  let complete = false
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
    complete = true
    delivery.finished()
  } finally {
    if (!complete) void abandon(reader, delivery)
  }
}

/** The client is gone. In the older revisions that is no cancellation: the work goes on, and nobody reads its result. */
async function abandon(reader: ReadableStreamDefaultReader<Uint8Array>, delivery: Delivery): Promise<void> {
  try {
    if (delivery.disconnectEnds) await reader.cancel()
    else while (!(await reader.read()).done);
  } catch {
    // The stream broke: there is nobody to tell.
  } finally {
    delivery.finished()
  }
}
