import { isLoopback } from './loopback.js'

/** What is wrong with an issuer identifier for this server, or nothing. RFC 8414 section 2. */
export function checkIssuer(issuer: string): string | undefined {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined
  if (!url) return `The issuer "${issuer}" is not a URL.\nExample: MCP_AUTH_ISSUER=http://localhost:4000`
  if (url.protocol !== 'http:' || !isLoopback(url.hostname)) {
    return (
      `The issuer ${issuer} is not on this computer.\n` +
      'The embedded authorization server is for development only and listens on loopback alone.\n' +
      'Example: MCP_AUTH_ISSUER=http://localhost:4000'
    )
  }
  if (url.username !== '' || url.password !== '' || /[?#\s]/.test(issuer)) {
    return `The issuer ${issuer} must have no user name, query, fragment or spaces (RFC 8414 section 2).`
  }
  // Clients compare issuers byte by byte (RFC 9207 section 2.4): one spelling, and that is what URL makes of it.
  const spelling = url.pathname === '/' ? url.origin : `${url.origin}${url.pathname.replace(/\/+$/, '')}`
  if (issuer !== spelling) return `The issuer must be written as clients will compare it.\nWrite ${spelling}`
  return undefined
}
