/** An answer that is there as a whole when it is sent. */
export interface WholeAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Whether it is a stream of events, of which this is the only one. */
  readonly isStream: boolean
}

/** As the SDK sends a result of 2026-07-28. */
export function jsonAnswer(message: string): WholeAnswer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: message, isStream: false }
}

/** As the SDK sends a result of the revisions before. */
export function eventAnswer(message: string): WholeAnswer {
  return { status: 200, headers: EVENT_HEADERS, body: eventOf(message), isStream: true }
}

export const EVENT_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-cache, no-transform',
  'content-type': 'text/event-stream',
  'x-accel-buffering': 'no',
}

export function eventOf(message: string): string {
  return `event: message\ndata: ${message}\n\n`
}
