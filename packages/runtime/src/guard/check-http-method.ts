import type { Guard } from './guard.js'
import { type Refused, refuse } from './refusal.js'
import type { Identified } from './states.js'

/** GET and DELETE belong to a session (2025-11-25); where there are none, both may be answered 405. */
export function checkHttpMethod(state: Identified, { sessions }: Guard): Identified | Refused {
  if (state.method === 'POST') return state
  return refuse({ reason: 'method-not-allowed', method: state.method, allowed: sessions ? ALL : ['POST'] })
}

const ALL: readonly string[] = ['GET', 'POST', 'DELETE']
