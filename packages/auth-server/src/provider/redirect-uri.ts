import { isLoopback } from '../configuration/loopback.js'

/**
 * Schemes of programs that take their answer by an address of their own. A
 * private scheme belongs to nobody in particular (RFC 8252 section 8.4), so it
 * is a list: who claims another one cannot be told from who stole it.
 * docs/decisions/auth-server-redirect-uris.md
 */
const privateSchemes: ReadonlySet<string> = new Set(['cursor:', 'vscode:', 'vscode-insiders:', 'windsurf:', 'zed:'])

/** Where a redirect URI leads, or `undefined` for one that nobody may register. */
export type RedirectKind = 'loopback' | 'hosted' | 'private-scheme'

/** The host as it is written, in an address of the characters that RFC 3986 allows; without user information. */
const written =
  /^[a-z][a-z0-9+.-]*:\/\/(\[[0-9a-f:.]+\]|[^/?#:@[\]]+)(?::\d{1,5})?(?:[/?][\w.~:/?[\]@!$&'()*+,;=%-]*)?$/i

export function redirectKind(uri: string): RedirectKind | undefined {
  const url = URL.canParse(uri) ? new URL(uri) : undefined
  // OAuth 2.1 section 2.3: absolute, without a fragment. What a browser would read as another host than the one that
  // is written (127.1, a backslash, a tab, a letter that looks like another) is refused and not interpreted.
  if (!url || written.exec(uri)?.[1]?.toLowerCase() !== url.hostname.toLowerCase()) return undefined
  if (url.protocol === 'https:') return 'hosted'
  if (url.protocol === 'http:') return isLoopback(url.hostname) ? 'loopback' : undefined
  return privateSchemes.has(url.protocol) ? 'private-scheme' : undefined
}

/** What of a redirect URI a person can judge: a host with its port, or a private scheme with what follows. */
export function redirectHost(uri: string): string {
  const { protocol, host } = new URL(uri)
  return /^https?:$/.test(protocol) ? host : `${protocol}//${host}`
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
