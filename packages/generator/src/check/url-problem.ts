/** RFC 8252 section 7.3 and the Secure Contexts specification: what never leaves the machine. */
const LOOPBACK = /^(?:localhost|[a-z0-9-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** What an absolute URL of this server or its issuer must not be, or null. */
export function urlProblem(text: string, kind: 'literal' | 'development'): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:\/\//i.test(text)) return 'is not an absolute https URL'
  if (text !== text.trim() || /[\s\\]/.test(text)) return 'contains a space or a backslash'
  if (url.username !== '' || url.password !== '') return 'contains a user name or a password'
  if (text.includes('#')) return 'has a fragment'
  // `example.com` and `example.com.` are one host to DNS and two to everything that compares strings.
  if (url.hostname.endsWith('.')) return 'has a host that ends with a dot'
  if (url.protocol === 'https:' && kind === 'literal' && LOOPBACK.test(url.hostname)) {
    return 'is this machine alone, in every environment'
  }
  if (url.protocol === 'https:') return null
  if (kind === 'literal') return 'is http in every environment, not only in development'
  return LOOPBACK.test(url.hostname) ? null : 'is http and not a loopback address'
}

/** Whether a URL names a host by its number. Loopback ones are for development, and have no other owner. */
export function isAtAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { hostname } = new URL(text)
  return !LOOPBACK.test(hostname) && (hostname.startsWith('[') || /^\d{1,3}(?:\.\d{1,3}){3}$/.test(hostname))
}
