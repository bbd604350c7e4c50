import { EVENT_HEADERS, eventOf } from './whole-answer.js'

/** Milliseconds between two comments that keep a stream alive: those of the SDK. */
const KEEP_ALIVE = 15_000

/**
 * A stream that waits for its only message, and says every now and then that it
 * still does. `cancelled` is called when nobody waits for it any more.
 */
export function eventStream(message: Promise<string>, cancelled: () => void): Response {
  const encoder = new TextEncoder()
  let isOpen = true
  let alive: NodeJS.Timeout | undefined
  const end = (): void => {
    isOpen = false
    clearInterval(alive)
  }
  const source = {
    start(controller: ReadableStreamDefaultController<Uint8Array>) {
      alive = setInterval(() => controller.enqueue(encoder.encode(': keepalive\n\n')), KEEP_ALIVE)
      alive.unref()
      void message.then((text) => {
        if (!isOpen) return
        end()
        controller.enqueue(encoder.encode(eventOf(text)))
        controller.close()
      })
    },
    cancel() {
      end()
      cancelled()
    },
  }
  return new Response(new ReadableStream(source), { status: 200, headers: EVENT_HEADERS })
}
