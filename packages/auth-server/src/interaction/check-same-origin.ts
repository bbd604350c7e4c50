import type { IncomingHttpHeaders } from 'node:http'

/**
 * Whether a post can come from a page of ours. What keeps another site from
 * answering for the user is the interaction's cookie: signed, bound to this one
 * login by its path, and SameSite=Lax, so that no other site's form carries it.
 * This check is the second wall, for pages on other ports of the same host,
 * which count as the same site.
 *
 * A program that is no browser sends neither header, and holds no cookie but its own.
 */
export function isSameOriginPost(headers: IncomingHttpHeaders, origin: string): boolean {
  if (headers.origin !== undefined && headers.origin !== origin) return false
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin'
}
