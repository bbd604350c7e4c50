import type { Guard } from './guard.js'
import { headerValues } from './header-values.js'
import { type Refused, refuse } from './refusal.js'
import type { Arrival, Presented } from './states.js'

/** RFC 6750 section 2.1: `b64token`. Longer ones than this no issuer of sense gives out. */
const B64TOKEN = /^[A-Za-z0-9._~+/-]{1,8192}={0,2}$/

/**
 * The access token, from the `Authorization` header and nowhere else: one in
 * the query string or in the body is as good as none (OAuth 2.1 section 5.1).
 */
export function readBearerToken(state: Arrival, guard: Guard): Presented | Refused {
  const [authorization, ...more] = headerValues(state.raw, 'authorization')
  if (more.length > 0) return refuse({ reason: 'credentials-repeated' })
  if (authorization === undefined) {
    return mayBeAnonymous(state, guard) ? { ...state, token: undefined } : refuse({ reason: 'token-missing' })
  }
  // RFC 9110 section 11.4: spaces, and nothing else that looks like one; section 11.1: any case.
  const [, scheme = '', token = ''] = /^([^ ]*) *(.*)$/s.exec(authorization) ?? []
  if (scheme.toLowerCase() !== 'bearer') return refuse({ reason: 'scheme-not-bearer' })
  return B64TOKEN.test(token) ? { ...state, token } : refuse({ reason: 'token-malformed' })
}

/** Only a POST can ask for something public; what it asks for is decided when it is read. */
function mayBeAnonymous(state: Arrival, guard: Guard): boolean {
  return guard.publicKinds.size > 0 && state.method === 'POST'
}
