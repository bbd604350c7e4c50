import type { Claims } from './token-fault.js'

/** Some servers repeat the token in their answer about it, at whatever place. A handler must not find it there. */
export function withoutToken(claims: Claims, token: string): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => !repeats(value, token)))
}

/** The same for an answer that is kept: that something was said still counts when it is judged, what it was is gone. */
export function withoutRepeated(claims: Claims, token: string): Claims {
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, repeats(value, token) ? null : value]))
}

function repeats(value: unknown, token: string): boolean {
  return JSON.stringify(value)?.includes(token) === true
}
