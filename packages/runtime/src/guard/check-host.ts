import type { IncomingMessage } from 'node:http'
import type { Guard } from './guard.js'
import { headerValues } from './header-values.js'
import { isLoopbackHost } from './loopback.js'
import { type Refused, refuse } from './refusal.js'
import type { Arrival } from './states.js'

/**
 * Only requests for a host name of ours: a web page that has its own name
 * resolve to this machine (DNS rebinding) sends that name. The port says
 * nothing, so it is not compared; what a proxy says is not asked either.
 */
export function checkHost<State extends Arrival>(state: State, guard: Guard): State | Refused {
  // RFC 9112 section 3.2. Whatever stands in front may have believed the other one.
  if (headerValues(state.raw, 'host').length > 1) return refuse({ reason: 'host-repeated' })
  const host = requestedHost(state.raw)
  return guard.allowedHosts.has(hostName(host)) ? state : refuse({ reason: 'host-not-allowed', host: hostForLog(host) })
}

/** Only what is one, without a user in front of it: whatever else stands there may be somebody's secret. */
function hostForLog(host: string): string {
  const named = host.slice(host.lastIndexOf('@') + 1)
  return HOST_SHAPE.test(named) && !LONG_LABEL.test(named) ? named : '(no host)'
}

/** RFC 1035 section 2.3.4: 63 characters between two dots at most. A JWT has more. */
const LONG_LABEL = /[^.]{64}/

/** RFC 9112 section 3.2.2: a request target in absolute form counts, and `Host` then does not. */
function requestedHost({ url = '', headers }: IncomingMessage): string {
  const [, absolute] = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/([^/?#]*)/.exec(url) ?? []
  const host = absolute ?? headers[':authority'] ?? headers.host
  return typeof host === 'string' ? host : ''
}

/** The host names of a resource, and those that somebody allowed besides. */
export function allowedHosts(resource: string, others: readonly string[]): ReadonlySet<string> {
  const own = new URL(resource).hostname
  const loopback = isLoopbackHost(own) ? ['localhost', '127.0.0.1', '[::1]'] : []
  return new Set([own, ...loopback, ...others.map(hostName)])
}

/** A host name or address, with or without a port. Anything else another parser would read in its own way. */
export const HOST_SHAPE: RegExp = /^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/

function hostName(host: string): string {
  if (!HOST_SHAPE.test(host)) return ''
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : ''
}
