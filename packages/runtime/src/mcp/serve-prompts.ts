import { ProtocolError, ProtocolErrorCode, type Server } from '@modelcontextprotocol/server'
import type { Catalogue } from './catalogue.js'
import type { ExchangeOf } from './exchange-of.js'
import { getPrompt } from './get-prompt.js'
import { resultOf } from './handler-failure.js'
import { listPrompts } from './list-prompts.js'
import { runHandler } from './run-handler.js'
import { withoutGrant } from './without-grant.js'

export function servePrompts(server: Server, catalogue: Catalogue, exchangeOf: ExchangeOf): void {
  server.setRequestHandler('prompts/list', ({ params }, sdk) => listPrompts(catalogue, exchangeOf(sdk), params?.cursor))
  server.setRequestHandler('prompts/get', async ({ method, params }, sdk) => {
    const exchange = exchangeOf(sdk)
    const item = exchange.grants.visible(catalogue.prompts.get(params.name))
    const grant = item === undefined ? undefined : exchange.grants.of(item)
    if (grant === undefined) throw withoutGrant(item !== undefined, unknownPrompt)
    const client = server.getClientCapabilities()
    const running = { id: sdk.mcpReq.id, method, item, cancelled: sdk.mcpReq.signal }
    return resultOf(
      await runHandler(exchange, running, (signal) =>
        getPrompt(grant, params.arguments ?? {}, { exchange, signal, sdk, client }),
      ),
    )
  })
}

function unknownPrompt(): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, 'Unknown prompt')
}
