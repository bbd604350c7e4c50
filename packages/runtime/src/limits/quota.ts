import { WINDOW_SECONDS } from './limit-numbers.js'

/** What a limit is about. Also its name on the wire. */
export type LimitName = 'address' | 'refused-tokens' | 'client' | 'subject' | 'tool' | 'concurrency'

/** How much of a limit is left, after the request that asked. */
export interface Quota {
  readonly limit: LimitName
  /** Requests in a window. */
  readonly most: number
  readonly remaining: number
  /** Seconds until the count begins anew. */
  readonly reset: number
  readonly exceeded: boolean
}

/**
 * `RateLimit-Policy` and `RateLimit`, as draft-ietf-httpapi-ratelimit-headers-10
 * has them (structured fields, RFC 9651): what is allowed, and what is left of it.
 */
export function quotaHeaders(quotas: readonly Quota[]): Readonly<Record<string, string>> {
  // What is left to a client as a whole, or to an address, is news about others.
  const told = quotas.filter(({ limit, exceeded }) => exceeded || limit === 'subject' || limit === 'tool')
  if (told.length === 0) return {}
  return {
    'ratelimit-policy': told.map(({ limit, most }) => `"${limit}";q=${most};w=${WINDOW_SECONDS}`).join(', '),
    ratelimit: told.map(({ limit, remaining, reset }) => `"${limit}";r=${remaining};t=${reset}`).join(', '),
  }
}
