import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Feed, FeedEvent } from './feed.js'
import { everyAnswer } from './page/page-headers.js'

/** Tells a page that comes back after a restart of the console that the numbers begin anew. */
const run = randomBytes(6).toString('hex')

/** An endless answer: the state and the last decisions at once, then whatever happens (HTML, server-sent events). */
export function streamEvents(feed: Feed, request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, { ...everyAnswer, 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' })
  // A byte at once, so that whoever stands in between passes the headers on; and a quick second try after a restart.
  raw.write('retry: 500\n\n')
  const send = (event: FeedEvent): void => {
    raw.write(written(event))
  }
  if (feed.state) send({ type: 'state', state: feed.state })
  for (const entry of feed.decisionsAfter(lastSeen(request))) send({ type: 'decision', ...entry })
  const stop = feed.listen(send)
  raw.once('close', stop)
}

function written(event: FeedEvent): string {
  if (event.type === 'state') return `event: state\ndata: ${JSON.stringify(event.state)}\n\n`
  return `event: decision\nid: ${run}-${event.number}\ndata: ${JSON.stringify(event.decision)}\n\n`
}

function lastSeen(request: FastifyRequest): number {
  const [, of, number] = /^([0-9a-f]+)-(\d+)$/.exec(String(request.headers['last-event-id'] ?? '')) ?? []
  return of === run ? Number(number) : 0
}
