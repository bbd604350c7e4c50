import { leadsToThisMachine } from '../guard/loopback.js'

/** Paths that the server answers itself. */
const OWN_PATHS = new Set(['/healthz', '/readyz', '/metrics'])

/** What is wrong with a resource identifier, or nothing. */
export function checkResource(resource: string, insecureAllowed: boolean): string | undefined {
  const url = parse(resource)
  if (!url) return 'It must be an absolute URL such as https://notes.example.com/mcp.'
  // RFC 9728 section 1.2 and RFC 8707 section 2: https, no fragment; MCP: the canonical form, without a trailing slash.
  if (url.protocol === 'http:' && !insecureAllowed) {
    return 'It must start with https://. Only NODE_ENV=development and NODE_ENV=test accept http://.'
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'It must start with https://.'
  // A client that is told to come to its own machine would hand its token to whatever listens there.
  if (leadsToThisMachine(url.hostname) && !insecureAllowed) {
    return 'It must be an address that clients reach. Only NODE_ENV=development and NODE_ENV=test accept this machine.'
  }
  if (url.username !== '' || url.password !== '') return 'It must not contain a user name or a password.'
  if (resource.includes('#')) return 'It must not have a fragment (#…).'
  if (resource.includes('?')) return 'It must not have a query (?…).'
  // Clients disagree on whether an origin ends in a slash; with a path they all agree.
  if (url.pathname === '/') return `It must have a path. Try ${url.origin}/mcp.`
  if (resource.endsWith('/')) return `It must not end in a slash. Try ${resource.replace(/\/+$/, '')}.`
  if (!/^(?:\/[A-Za-z0-9._~-]+)+$/.test(url.pathname)) {
    return 'Its path may contain letters, digits and . _ ~ - between single slashes only.'
  }
  if (OWN_PATHS.has(url.pathname) || url.pathname.startsWith('/.well-known/')) {
    return `The path ${url.pathname} is taken by the server itself. Try ${url.origin}/mcp.`
  }
  // Clients compare it byte for byte (RFC 9728 section 3.3): one spelling, the canonical one.
  if (url.href !== resource) return `It is not in its canonical form. Write ${url.href}.`
  return undefined
}

function parse(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}
