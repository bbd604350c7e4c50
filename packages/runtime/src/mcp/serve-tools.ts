import { ProtocolError, ProtocolErrorCode, type Server } from '@modelcontextprotocol/server'
import { callTool } from './call-tool.js'
import type { Catalogue } from './catalogue.js'
import type { ExchangeOf } from './exchange-of.js'
import { listTools } from './list-tools.js'
import { runHandler } from './run-handler.js'
import { withoutGrant } from './without-grant.js'

export function serveTools(server: Server, catalogue: Catalogue, exchangeOf: ExchangeOf): void {
  server.setRequestHandler('tools/list', ({ params }, sdk) => listTools(catalogue, exchangeOf(sdk), params?.cursor))
  server.setRequestHandler('tools/call', async ({ method, params }, sdk) => {
    const exchange = exchangeOf(sdk)
    const item = exchange.grants.visible(catalogue.tools.get(params.name))
    const grant = item === undefined ? undefined : exchange.grants.of(item)
    if (grant === undefined) throw withoutGrant(item !== undefined, unknownTool)
    const client = server.getClientCapabilities()
    const args = { sent: params.arguments, argued: exchange.grants.argued(sdk.mcpReq.id) }
    const { result } = await runHandler(exchange, { method, item, cancelled: sdk.mcpReq.signal }, (signal) =>
      callTool(grant, args, { exchange, signal, sdk, client }),
    )
    return result
  })
}

function unknownTool(): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, 'Unknown tool')
}
