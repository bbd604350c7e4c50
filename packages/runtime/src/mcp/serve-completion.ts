import { ProtocolError, ProtocolErrorCode, type Server } from '@modelcontextprotocol/server'
import type { Catalogue } from './catalogue.js'
import { complete } from './complete.js'
import type { ExchangeOf } from './exchange-of.js'
import { resultOf } from './handler-failure.js'
import { referredTo } from './message.js'
import { runHandler } from './run-handler.js'
import { withoutGrant } from './without-grant.js'

export function serveCompletion(server: Server, catalogue: Catalogue, exchangeOf: ExchangeOf): void {
  server.setRequestHandler('completion/complete', async ({ method, params }, sdk) => {
    const exchange = exchangeOf(sdk)
    const item = exchange.grants.visible(referredTo({ ...params.ref }, catalogue))
    const grant = item === undefined ? undefined : exchange.grants.of(item)
    if (grant === undefined) throw withoutGrant(item !== undefined, unknownReference)
    const running = { id: sdk.mcpReq.id, method, item, cancelled: sdk.mcpReq.signal }
    return resultOf(await runHandler(exchange, running, (signal) => complete(grant, params, exchange, signal)))
  })
}

function unknownReference(): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, 'Unknown reference')
}
