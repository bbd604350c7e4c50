import type { Claims, TokenFault } from './token-fault.js'

/** Seconds by which the issuer's clock and ours may differ. */
const TOLERANCE = 5

/**
 * Times that no comparison refuses. JSON has no infinity, but `1e400` is read as
 * one, and a token that expires then never does; and one that says it was issued
 * later than now was not issued by a clock that could be trusted to expire it.
 */
export function checkTimes({ exp, nbf, iat }: Claims): TokenFault | undefined {
  if ([exp, nbf, iat].some((time) => time !== undefined && !Number.isFinite(time))) return 'claim-malformed'
  return Number(iat ?? 0) > Date.now() / 1000 + TOLERANCE ? 'not-yet-valid' : undefined
}
