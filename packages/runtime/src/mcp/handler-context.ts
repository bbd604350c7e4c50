import type { ExchangeToken } from '../exchange/token-exchange.js'
import type { Grant } from '../guard/grant.js'
import type { Exchange } from './exchange.js'

/** What `CallerContext` and `PublicContext` of the DSL promise, and `more`, frozen. */
export function handlerContext(
  grant: Grant,
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
  const { caller } = grant
  if (caller === undefined) return Object.freeze(shared)
  const { subject, clientId, issuer, effective, claims } = caller
  const who = Object.freeze({ subject, clientId, issuer, scopes: effective, claims })
  return Object.freeze({ ...shared, caller: who, ...exchangeOf(grant, exchange, signal) })
}

/** Only for what its spec declares. The function closes over what it needs: nothing of that can be reached through it. */
function exchangeOf(
  { caller, item: { downstream } }: Grant,
  { tokenExchange, log, id }: Exchange,
  signal: AbortSignal,
): { readonly exchangeToken?: ExchangeToken } {
  if (tokenExchange === undefined || caller === undefined || downstream.length === 0) return {}
  return { exchangeToken: tokenExchange.for({ caller, downstream, signal, log, reference: id }) }
}
