import type { ScopeClaim } from '../definition.js'
import type { Claims } from './token-fault.js'

/**
 * What a token grants: `scope` (RFC 8693 section 4.2, RFC 7662) or, elsewhere,
 * `scp`; a string or a list. Where the policy names one claim, that one alone
 * decides: `permissions`, for one, are the user's and not what the client was
 * allowed, so that nobody reads them unasked.
 */
export function grantedScopes(claims: Claims, claim: ScopeClaim | undefined): ReadonlySet<string> {
  if (claim !== undefined) return new Set(listed(claims[claim]))
  return new Set([...listed(claims.scope), ...listed(claims.scp)])
}

function listed(value: unknown): string[] {
  if (typeof value === 'string') return value.split(' ').filter((scope) => scope !== '')
  return Array.isArray(value) ? value.filter((scope) => typeof scope === 'string') : []
}
