import { isLoopback } from '../configuration/loopback.js'

/**
 * Schemes of programs that take their answer by an address of their own. A
 * private scheme belongs to nobody in particular (RFC 8252 section 8.4), so it
 * is a list: who claims another one cannot be told from who stole it.
 * docs/decisions/auth-server-redirect-uris.md
 */
export const privateSchemes: ReadonlySet<string> = new Set([
  'cursor:',
  'vscode:',
  'vscode-insiders:',
  'windsurf:',
  'zed:',
])

/** Where a redirect URI leads, or `undefined` for one that nobody may register. */
export type RedirectKind = 'loopback' | 'hosted' | 'private-scheme'

export function redirectKind(uri: string): RedirectKind | undefined {
  const url = URL.canParse(uri) ? new URL(uri) : undefined
  // OAuth 2.1 section 2.3: absolute, without a fragment. User information would hide the host that is meant.
  if (!url || uri.includes('#') || url.username !== '' || url.password !== '') return undefined
  if (url.protocol === 'https:') return 'hosted'
  if (url.protocol === 'http:') return isLoopback(url.hostname) ? 'loopback' : undefined
  return privateSchemes.has(url.protocol) ? 'private-scheme' : undefined
}

/**
 * Whether a client that registered `registered` may have its answer sent to
 * `requested`: the same string, and for a program on this computer any port and
 * any name of this computer (RFC 8252 section 7.3; clients mix the names).
 */
export function redirectAllowed(requested: string, registered: readonly string[]): boolean {
  const kind = redirectKind(requested)
  if (kind === undefined) return false
  if (registered.includes(requested)) return true
  if (kind !== 'loopback') return false
  const path = loopbackPath(requested)
  return path !== undefined && registered.some((uri) => loopbackPath(uri) === path)
}

/** What follows host and port, byte for byte: neither case nor dot segments are made equal. */
function loopbackPath(uri: string): string | undefined {
  return /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?((?:\/[^#]*)?)$/.exec(uri)?.[1]
}
