import { ProtocolError, ProtocolErrorCode, type Server } from '@modelcontextprotocol/server'
import { callTool } from './call-tool.js'
import type { Exchange } from './exchange.js'
import { refuseCursor } from './one-page.js'
import { runHandler } from './run-handler.js'
import type { ToolCatalogue } from './tool-catalogue.js'
import { withoutGrant } from './without-grant.js'

export function serveTools(server: Server, tools: ToolCatalogue, exchange: Exchange): void {
  server.setRequestHandler('tools/list', ({ params }) => {
    refuseCursor(params)
    const shown = exchange.grants.shown(tools.listing, 'tool')
    return { tools: exchange.readsResults ? tools.withSecuritySchemes(shown) : shown }
  })
  server.setRequestHandler('tools/call', async ({ method, params }, { mcpReq }) => {
    const item = exchange.grants.visible(tools.get(params.name))
    const grant = item === undefined ? undefined : exchange.grants.of(item)
    if (grant === undefined) throw withoutGrant(item !== undefined, unknownTool)
    const { result } = await runHandler(exchange, { method, item, cancelled: mcpReq.signal }, (signal) =>
      callTool(grant, { args: params.arguments, argued: exchange.grants.argued(mcpReq.id) }, exchange, signal),
    )
    return result
  })
}

function unknownTool(): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, 'Unknown tool')
}
