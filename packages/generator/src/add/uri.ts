/** RFC 3986 section 3.1, and no more than what needs no escaping after it. */
const PLAIN_URI = /^[a-z][a-z0-9+.-]*:\/\/[A-Za-z0-9._~/-]+$/

/** What is wrong with the URI of a resource, or null. A template with variables is written by hand. */
export function uriProblem(uri: string): string | null {
  if (/[{}]/.test(uri)) return 'has variables: leave them out here, and write them and their schemas in the file'
  return PLAIN_URI.test(uri) ? null : 'is not a URI such as notes://all'
}

/** `notes://recent-notes`: the server's name is the scheme, as far as one can be made of it. */
export function defaultUri(server: string, path: string): string {
  const scheme = server
    .toLowerCase()
    .replace(/[^a-z0-9+.-]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .replace(/-+$/, '')
  return `${scheme === '' ? 'resource' : scheme}://${path}`
}
