import type { AccessPolicy } from '../definition.js'
import { CLOCK_TOLERANCE } from '../token/clock-tolerance.js'
import type { Claims } from '../token/token-fault.js'

/** The login that an item asks for; empty, if it asks for none. */
export interface LoginDemand {
  readonly maxAgeSeconds?: number
  /** Levels, of which one is enough. */
  readonly acr?: readonly string[]
}

/**
 * What a login lacks for a policy (RFC 9470), or nothing. It is what the issuer
 * vouches for in `auth_time` and `acr`, in a JWT or in its answer about an
 * opaque token: a token that does not say it has not shown it.
 */
export function lacksLogin(
  { freshLogin, acr }: AccessPolicy,
  claims: Claims,
  nowSeconds: number = Date.now() / 1000,
): LoginDemand | undefined {
  const isFresh = freshLogin === undefined || isWithin(claims.auth_time, freshLogin.maxAgeSeconds, nowSeconds)
  const isLevel = acr === undefined || (typeof claims.acr === 'string' && acr.includes(claims.acr))
  if (isFresh && isLevel) return undefined
  // Both, also where one of them holds: the next login has to meet both.
  return {
    ...(freshLogin === undefined ? {} : { maxAgeSeconds: freshLogin.maxAgeSeconds }),
    ...(acr === undefined ? {} : { acr }),
  }
}

function isWithin(authTime: unknown, maxAgeSeconds: number, now: number): boolean {
  if (typeof authTime !== 'number' || !Number.isFinite(authTime)) return false
  return authTime <= now + CLOCK_TOLERANCE && now - authTime <= maxAgeSeconds
}

/** One login that meets all of these: the shortest age, and the levels that all of them accept. */
export function joinDemands(demands: readonly LoginDemand[]): LoginDemand {
  const ages = demands.flatMap(({ maxAgeSeconds }) => (maxAgeSeconds === undefined ? [] : [maxAgeSeconds]))
  const [first, ...others] = demands.flatMap(({ acr }) => (acr === undefined ? [] : [acr]))
  const shared = first?.filter((level) => others.every((acr) => acr.includes(level))) ?? []
  return {
    ...(ages.length === 0 ? {} : { maxAgeSeconds: Math.min(...ages) }),
    // Where no level does for all, the batch cannot be let through: the first at least leads somewhere.
    ...(first === undefined ? {} : { acr: shared.length > 0 ? shared : first }),
  }
}
