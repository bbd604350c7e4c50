import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { WholeAnswer } from './lanes/whole-answer.js'

export interface Delivery {
  /** Whether the answer need not be read to its end when the client goes away: in 2025-11-25 the work goes on. */
  readonly disconnectEnds: boolean
  /**
   * Whether nothing may come for a while: a comment goes first, because a client waits for the first byte, and so
   * may whatever stands between.
   */
  readonly opensQuietly?: boolean
  /** Called once, when the answer is complete, delivered or not. */
  finished(): void
}

/** Hands an answer that is there to Fastify, framed as one that comes bit by bit is. */
export function sendWhole(answer: WholeAnswer, reply: FastifyReply, delivery: Delivery): FastifyReply {
  reply.code(answer.status).headers(answer.headers)
  delivery.finished()
  return reply.send(answer.isStream ? Readable.from([answer.body], { objectMode: false }) : answer.body)
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
  const progress = { complete: false }
  const stream = Readable.from(chunksOf(reader, delivery, progress), { objectMode: false })
  // Not in the generator: it waits for the next chunk, which may not come for a while, or was never asked for the first.
  stream.once('close', () => {
    if (!progress.complete) void abandon(reader, delivery)
  })
  return stream
}

/** A comment, which clients skip (HTML, server-sent events). */
const OPENING = new TextEncoder().encode(': open\n\n')

async function* chunksOf(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  delivery: Delivery,
  progress: { complete: boolean },
): AsyncGenerator<Uint8Array> {
  if (delivery.opensQuietly) yield OPENING
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  progress.complete = true
  delivery.finished()
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
