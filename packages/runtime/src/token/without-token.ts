import type { Claims } from './token-fault.js'

/** Some servers repeat the token in their answer about it, at whatever place. A handler must not find it there. */
export function withoutToken(claims: Claims, token: string): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => !JSON.stringify(value)?.includes(token)))
}
