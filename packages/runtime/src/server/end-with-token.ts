import type { Identity } from '../token/identity.js'
import type { Clock } from './clock.js'

/**
 * A stream lasts no longer than the token that opened it. When that expires, a
 * stream on which something was sent ends; one that still waits for its first
 * message, as calls of older revisions do, gets that, as a plain answer would
 * have been given: it was asked for in time.
 */
export function endWithToken(
  response: Response,
  identity: Identity | undefined,
  clock: Clock,
  expired: () => void,
): Response {
  const expires = expiryOf(identity)
  const { body, headers, status } = response
  if (expires === undefined || body === null || !headers.get('content-type')?.startsWith('text/event-stream')) {
    return response
  }
  return new Response(bounded(body, expires, clock, expired), { headers, status })
}

function expiryOf(identity: Identity | undefined): number | undefined {
  const exp = identity?.claims.exp
  return typeof exp === 'number' ? exp * 1000 : undefined
}

type Controller = ReadableStreamDefaultController<Uint8Array>

function bounded(
  body: ReadableStream<Uint8Array>,
  expires: number,
  clock: Clock,
  expired: () => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  let state: 'waiting' | 'begun' | 'ended' = 'waiting'
  let isOver = false
  let stopWaiting = (): void => {}
  const cut = (controller: Controller): void => {
    state = 'ended'
    controller.close()
    expired()
    // It may hang on what nobody waits for any more.
    reader.cancel().catch(() => {})
  }
  const source = {
    start(controller: Controller) {
      stopWaiting = clock.after(Math.max(0, expires - clock.now()), () => {
        isOver = true
        if (state === 'begun') cut(controller)
      })
    },
    async pull(controller: Controller) {
      const next = await reader.read()
      if (state === 'ended') return
      if (next.done) {
        state = 'ended'
        stopWaiting()
        return controller.close()
      }
      state = 'begun'
      controller.enqueue(next.value)
      if (isOver) cut(controller)
    },
    async cancel(reason: unknown) {
      state = 'ended'
      stopWaiting()
      await reader.cancel(reason)
    },
  }
  // Nothing ahead of who reads: a message that was fetched before it is asked for might be one too many.
  return new ReadableStream(source, { highWaterMark: 0 })
}
