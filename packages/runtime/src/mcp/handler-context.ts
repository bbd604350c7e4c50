import type { Grant } from '../guard/grant.js'
import type { Exchange } from './exchange.js'

/** What `CallerContext` and `PublicContext` of the DSL promise, and `more`, frozen. */
export function handlerContext(
  { caller }: Grant,
  exchange: Exchange,
  signal: AbortSignal,
  more: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const shared = {
    services: exchange.services,
    signal,
    request: Object.freeze({ id: exchange.id, protocolVersion: exchange.protocolVersion }),
    ...more,
  }
  if (caller === undefined) return Object.freeze(shared)
  const { subject, clientId, issuer, effective, claims } = caller
  return Object.freeze({ ...shared, caller: Object.freeze({ subject, clientId, issuer, scopes: effective, claims }) })
}
