interface StoredCookie {
  readonly name: string
  readonly value: string
  readonly path: string
  readonly secure: boolean
}

/**
 * The cookies of one browser, as far as a login needs them: host-only, by path,
 * removed when they expire (RFC 6265). Kept in memory.
 */
export class CookieJar {
  readonly #hosts = new Map<string, Map<string, StoredCookie>>()

  /** Takes over what a response from `url` sets. */
  store(url: URL, response: Response): void {
    for (const line of response.headers.getSetCookie()) this.#set(url, line)
  }

  /** The `Cookie` header for a request to `url`; empty when there is nothing to send. */
  header(url: URL): string {
    return [...(this.#hosts.get(url.hostname)?.values() ?? [])]
      .filter((cookie) => pathMatches(url.pathname, cookie.path) && (!cookie.secure || url.protocol === 'https:'))
      .map((cookie) => `${cookie.name}=${cookie.value}`)
      .join('; ')
  }

  #set(url: URL, line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
    const name = pair.slice(0, pair.indexOf('='))
    const options = new Map(attributes.map(readAttribute))
    const path = options.get('path') ?? defaultPath(url.pathname)
    // Cookies do not know ports (RFC 6265 section 8.5), so the host name alone is the key.
    const cookies = this.#hosts.get(url.hostname) ?? new Map<string, StoredCookie>()
    this.#hosts.set(url.hostname, cookies)
    if (isExpired(options)) cookies.delete(`${name};${path}`)
    else
      cookies.set(`${name};${path}`, {
        name,
        value: pair.slice(pair.indexOf('=') + 1),
        path,
        secure: options.has('secure'),
      })
  }
}

function readAttribute(attribute: string): [string, string] {
  const at = attribute.indexOf('=')
  return at === -1
    ? [attribute.toLowerCase(), '']
    : [attribute.slice(0, at).toLowerCase(), attribute.slice(at + 1).trim()]
}

function isExpired(attributes: ReadonlyMap<string, string>): boolean {
  const maxAge = attributes.get('max-age')
  if (maxAge !== undefined) return Number(maxAge) <= 0
  const expires = attributes.get('expires')
  return expires !== undefined && Date.parse(expires) <= Date.now()
}

// RFC 6265 section 5.1.4
function defaultPath(pathname: string): string {
  const end = pathname.lastIndexOf('/')
  return end <= 0 ? '/' : pathname.slice(0, end)
}

function pathMatches(pathname: string, path: string): boolean {
  return pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`)
}
