/**
 * Whether a client means this resource. Clients write its address in several
 * ways: with an upper-case host, a default port, one trailing slash, or as its
 * origin alone. Query and path are compared as they are; a fragment never fits
 * (RFC 8707 section 2).
 */
export function isSameResource(candidate: string, resource: string): boolean {
  if (candidate === resource) return true
  if (!URL.canParse(candidate) || candidate.includes('#')) return false
  const url = new URL(candidate)
  const own = new URL(resource)
  if (url.origin !== own.origin || url.username !== '' || url.password !== '') return false
  // There is one resource here, so nothing else can be meant, and tokens carry the canonical address all the same.
  if (url.pathname === '/' && url.search === '') return true
  return url.search === own.search && withoutSlash(url.pathname) === withoutSlash(own.pathname)
}

/**
 * The values of a request's `resource` parameter with every spelling of this
 * resource written as the one that tokens carry, and once. Foreign values stay,
 * so that they are refused by name.
 */
export function canonicalResources(values: readonly string[], resource: string): readonly string[] {
  const given = values.filter((value) => value !== '')
  return [...new Set(given.map((value) => (isSameResource(value, resource) ? resource : value)))]
}

function withoutSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path
}
