import type { Guard } from './guard.js'
import { type Refused, refuse } from './refusal.js'
import type { Identified, Presented } from './states.js'

/** Every request is verified on its own: nothing is remembered of a connection or a session (MCP: statelessness). */
export async function verifyToken({ token, ...arrival }: Presented, guard: Guard): Promise<Identified | Refused> {
  if (token === undefined) return { ...arrival, identity: undefined, quotas: [] }
  const verification = await guard.verifier.verify(token)
  if (verification.ok) {
    guard.tokenExchange?.remember(verification.verified, token)
    return { ...arrival, identity: verification.verified, quotas: [] }
  }
  if ('unavailable' in verification) {
    return refuse({
      reason: 'issuer-unavailable',
      issuer: verification.issuer,
      detail: verification.unavailable,
      retryAfter: verification.retryAfter,
    })
  }
  return refuse({ reason: 'token-refused', fault: verification.fault, issuer: verification.issuer })
}
