import { type Refused, refuse } from './refusal.js'
import type { Arrival } from './states.js'

/** RFC 9110 section 5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/**
 * Some versions of Node 20 take a space before the colon for a part of the name. An `Origin`, or a second `Host` or
 * `Authorization`, that is written so would not be seen here, but by whatever stands in front (RFC 9112 section 5.1).
 */
export function checkHeaderNames<State extends Arrival>(state: State): State | Refused {
  const areNames = state.raw.rawHeaders.every((text, index) => index % 2 === 1 || TOKEN.test(text))
  return areNames ? state : refuse({ reason: 'header-name-malformed' })
}
