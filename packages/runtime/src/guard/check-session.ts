import type { Session } from '../mcp/sessions/session.js'
import type { Identity } from '../token/identity.js'
import { grantToRead } from './decide-access.js'
import type { Guard } from './guard.js'
import { headerValues } from './header-values.js'
import { type Refused, refuse } from './refusal.js'
import type { Decided, Identified, InSession } from './states.js'

/**
 * A session belongs to the subject and the client that opened it: for anybody
 * else there is none of that name. 2026-07-28 has no sessions, and a header of
 * that name means nothing there.
 */
export function checkSession(state: Decided, guard: Guard): Decided | Refused {
  // Refused as it would be without a session: of a session the SDK says that whatever is malformed was no JSON.
  if (state.isMalformed) return state
  if (guard.sessions === undefined || state.era === 'modern' || state.identity === undefined) return state
  const [id] = headerValues(state.raw, HEADER)
  if (id === undefined) return state
  const session = findSession(id, state.identity, guard)
  return session === undefined ? refuse({ reason: 'session-unknown' }) : { ...state, session }
}

/** GET and DELETE: what they are about is a session, and nothing else. */
export function checkSessionOfStream(state: Identified, guard: Guard): InSession | Refused {
  const { identity } = state
  if (identity === undefined) return refuse({ reason: 'login-required', tools: [] })
  const [id] = headerValues(state.raw, HEADER)
  if (id === undefined) return refuse({ reason: 'session-missing' })
  const session = findSession(id, identity, guard)
  return session === undefined ? refuse({ reason: 'session-unknown' }) : { ...state, identity, session }
}

const HEADER = 'mcp-session-id'

function findSession(id: string, identity: Identity, guard: Guard): Session | undefined {
  const session = guard.sessions?.find(id, identity)
  session?.touch(identity)
  // What was subscribed to with an earlier token is judged by the rights of this one.
  session?.watches.judge((uri) => grantToRead(uri, guard, identity))
  return session
}
