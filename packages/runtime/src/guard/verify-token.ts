import type { Guard } from './guard.js'
import { type Refused, refuse } from './refusal.js'
import type { Identified, Presented } from './states.js'

/** Every request is verified on its own: nothing is remembered of a connection or a session (MCP: statelessness). */
export async function verifyToken({ method, raw, token }: Presented, guard: Guard): Promise<Identified | Refused> {
  if (token === undefined) return { method, raw, identity: undefined }
  const verification = await guard.verifier.verify(token)
  if (verification.ok) return { method, raw, identity: verification.verified }
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
