/** Characters of a path that a stranger chose. What is longer is no address that somebody mistyped. */
const LONGEST = 120

/** Where the query begins, also if somebody encoded it into the path: there are tokens and codes behind it. */
const BEYOND_PATH = /[?#;]|%3f|%23|%3b/i

/** Words, of which `oauth-authorization-server` is the longest that clients ask for, and short names such as `v1`. */
const NAME = /^(?:[A-Za-z._~-]{0,26}|[A-Za-z0-9._~-]{1,12})$/

/** What is of a request as much as a log may say of where it went. */
export interface Addressed {
  readonly url: string
  readonly is404?: boolean
  readonly routeOptions?: { readonly url?: string | undefined }
}

/**
 * Where a request went, for the log. Of a route its pattern, which is ours. What leads nowhere is text of a stranger, who
 * may have put a secret into it by mistake or a terminal's control characters on purpose: of that the path without the
 * query, the user and the host, a name as it is and everything else `(masked)`, cut to 120 characters.
 */
export function pathForLog({ url, is404, routeOptions }: Addressed): string {
  if (is404 === false && routeOptions?.url !== undefined) return routeOptions.url
  const withoutHost = url.replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*/, '')
  const [path = ''] = withoutHost.split(BEYOND_PATH, 1)
  const shown = path.split('/').map((segment) => (NAME.test(segment) ? segment : '(masked)'))
  const whole = shown.join('/')
  return whole.length > LONGEST ? `${whole.slice(0, LONGEST)}(cut)` : whole
}
