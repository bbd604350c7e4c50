import type { Guard } from './guard.js'
import { type Refused, refuse } from './refusal.js'
import type { Arrival } from './states.js'

/** Header lines of a request. Honest ones have a few dozen. */
const MOST_HEADERS = 200

/** How many a request may have where Node keeps that many. */
export function mostHeaders(kept: number | null | undefined): number {
  return kept ? Math.min(MOST_HEADERS, kept - 1) : MOST_HEADERS
}

/**
 * Node drops header lines beyond its own limit in silence (`maxHeadersCount`),
 * and short ones do not fill its limit of bytes before: an `Origin`, or a second
 * `Host` or `Authorization`, that stands behind them would not be seen here, but
 * by whatever stands in front (RFC 6585 section 5).
 */
export function checkHeaderCount<State extends Arrival>(state: State, guard: Guard): State | Refused {
  const count = state.raw.rawHeaders.length / 2
  return count > guard.mostHeaders ? refuse({ reason: 'headers-too-many', limit: guard.mostHeaders }) : state
}
