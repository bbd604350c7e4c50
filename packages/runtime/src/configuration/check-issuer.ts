/** What is wrong with an issuer identifier, or nothing. */
export function checkIssuer(issuer: string, insecureAllowed: boolean): string | undefined {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined
  if (!url) return 'It must be an absolute URL such as https://auth.example.com.'
  // RFC 8414 section 2: https, no query, no fragment. A trailing slash is the issuer's own business.
  if (url.protocol === 'http:' && !insecureAllowed) {
    return 'It must start with https://. Only NODE_ENV=development and NODE_ENV=test accept http://.'
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'It must start with https://.'
  if (url.username !== '' || url.password !== '') return 'It must not contain a user name or a password.'
  if (/[?#\s]/.test(issuer)) return 'It must not have a query, a fragment or spaces.'
  return undefined
}
