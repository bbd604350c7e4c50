import type { Guard } from './guard.js'
import { isLoopbackHost } from './loopback.js'
import { type Refused, refuse } from './refusal.js'
import type { Arrival } from './states.js'

/** Origins whose pages may use this server from a browser. */
export interface AllowedOrigins {
  readonly exact: ReadonlySet<string>
  /** Pages of this machine, on whatever port: only for a server that is on this machine itself. */
  readonly loopback: boolean
}

/** MCP, Streamable HTTP, security: a present and foreign `Origin` is refused with 403; `null` is foreign. */
export function checkOrigin<State extends Arrival>(state: State, guard: Guard): State | Refused {
  const { origin } = state.raw.headers
  if (origin === undefined || isAllowedOrigin(origin, guard.allowedOrigins)) return state
  return refuse({ reason: 'origin-not-allowed', origin: originForLog(origin) })
}

/** Only what is one: whatever else stands there may be somebody's secret. */
function originForLog(origin: string): string {
  return origin === 'null' || ORIGIN_SHAPE.test(origin) ? origin : '(no origin)'
}

/** RFC 6454 section 6.2: a scheme, a host and a port. */
const ORIGIN_SHAPE = /^[a-z][a-z0-9+.-]*:\/\/(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/

export function isAllowedOrigin(origin: string, { exact, loopback }: AllowedOrigins): boolean {
  if (!URL.canParse(origin)) return false
  const url = new URL(origin)
  // The serialised form and nothing else, RFC 6454 section 6.2; opaque origins serialise as "null".
  if (url.origin === 'null' || url.origin !== origin) return false
  return exact.has(origin) || (loopback && isLoopbackHost(url.hostname))
}

/** The resource's own origin, and those that somebody allowed besides. */
export function allowedOrigins(resource: string, others: readonly string[]): AllowedOrigins {
  const { origin, hostname } = new URL(resource)
  return { exact: new Set([origin, ...others]), loopback: isLoopbackHost(hostname) }
}
