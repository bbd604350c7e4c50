/** RFC 8252 section 7.3: what never leaves the machine. */
const LOOPBACK = /^(?:localhost|[a-z0-9-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/

/** Why something cannot be an issuer identifier (RFC 8414 section 2), or nothing. */
export function checkIssuer(issuer: string): string | undefined {
  const problem = problemOf(issuer)
  return problem && `The issuer '${issuer}' ${problem}. It looks like https://login.example.com.`
}

function problemOf(issuer: string): string | undefined {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined
  if (url === undefined || !/^https?:\/\//.test(issuer)) return 'is not an https address'
  if (/[\s\\'"`$]/.test(issuer)) return 'has a character that no issuer has'
  if (url.username !== '' || url.password !== '') return 'holds a user name or a password'
  if (issuer.includes('?') || issuer.includes('#')) return 'has a query or a fragment'
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) return 'is http, and not on this computer'
  return undefined
}
