import type { Claims } from './token-fault.js'

/** What a token grants: `scope` (RFC 8693 section 4.2, RFC 7662) or, elsewhere, `scp`; a string or a list. */
export function grantedScopes(claims: Claims): ReadonlySet<string> {
  return new Set([...listed(claims.scope), ...listed(claims.scp)])
}

function listed(value: unknown): string[] {
  if (typeof value === 'string') return value.split(' ').filter((scope) => scope !== '')
  return Array.isArray(value) ? value.filter((scope) => typeof scope === 'string') : []
}
