import type { Claims, TokenFault } from './token-fault.js'

/**
 * Times that no comparison refuses. JSON has no infinity, but `1e400` is read as
 * one, and a token that expires then never does.
 */
export function checkTimes({ exp, nbf, iat }: Claims): TokenFault | undefined {
  const isWrong = [exp, nbf, iat].some((time) => time !== undefined && !Number.isFinite(time))
  return isWrong ? 'claim-malformed' : undefined
}
