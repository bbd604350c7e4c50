import { leadsToThisMachine } from '../guard/loopback.js'

/** What is wrong with an issuer identifier, or nothing. */
export function checkIssuer(issuer: string, insecureAllowed: boolean): string | undefined {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined
  if (!url) return 'It must be an absolute URL such as https://auth.example.com.'
  // RFC 8414 section 2: https, no query, no fragment. A trailing slash is the issuer's own business.
  const problem = checkOrigin(url, insecureAllowed)
  if (problem !== undefined) return problem
  return /[?#\s]/.test(issuer) ? 'It must not have a query, a fragment or spaces.' : undefined
}

/** What is wrong with the address of an introspection endpoint, or nothing. */
export function checkEndpoint(endpoint: string, insecureAllowed: boolean): string | undefined {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined
  if (!url) return 'It must be an absolute URL such as https://auth.example.com/introspect.'
  return (
    checkOrigin(url, insecureAllowed) ?? (/[#\s]/.test(endpoint) ? 'It must not have a fragment or spaces.' : undefined)
  )
}

function checkOrigin(url: URL, insecureAllowed: boolean): string | undefined {
  if (url.protocol === 'http:' && !insecureAllowed) {
    return 'It must start with https://. Only NODE_ENV=development and NODE_ENV=test accept http://.'
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'It must start with https://.'
  if (leadsToThisMachine(url.hostname) && !insecureAllowed) {
    return 'It is this machine, which is where development logins are. Only NODE_ENV=development and NODE_ENV=test accept that.'
  }
  return url.username !== '' || url.password !== '' ? 'It must not contain a user name or a password.' : undefined
}
