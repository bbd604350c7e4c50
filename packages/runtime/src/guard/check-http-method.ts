import { type Refused, refuse } from './refusal.js'
import type { Identified } from './states.js'

/** POST only: there are no sessions to end and no streams to open (2025-11-25: GET and DELETE may be answered 405). */
export function checkHttpMethod(state: Identified): Identified | Refused {
  return state.method === 'POST' ? state : refuse({ reason: 'method-not-allowed', method: state.method })
}
