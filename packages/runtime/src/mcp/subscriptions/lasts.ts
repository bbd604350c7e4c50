import type { Identity } from '../../token/identity.js'

/**
 * Milliseconds that a stream of changes may last, whatever its token says: one
 * that was revoked meanwhile is noticed when the client comes back.
 */
const LONGEST = 15 * 60_000

/** Milliseconds until a stream that this token opened has to end. */
export function lasts({ claims }: Identity): number {
  const expires = typeof claims.exp === 'number' ? claims.exp * 1_000 - Date.now() : LONGEST
  return Math.max(0, Math.min(expires, LONGEST))
}
