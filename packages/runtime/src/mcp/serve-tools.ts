import type { Server } from '@modelcontextprotocol/server'
import { answerCall } from './answer-call.js'
import type { ExchangeOf } from './exchange-of.js'
import { refuseCursor } from './one-page.js'
import type { ToolCatalogue } from './tool-catalogue.js'

export function serveTools(server: Server, tools: ToolCatalogue, exchangeOf: ExchangeOf): void {
  server.setRequestHandler('tools/list', ({ params }, sdk) => {
    const exchange = exchangeOf(sdk)
    refuseCursor(params)
    const shown = exchange.grants.shown(tools.listing, 'tool')
    return { tools: exchange.readsResults ? tools.withSecuritySchemes(shown) : shown }
  })
  server.setRequestHandler('tools/call', ({ params }, sdk) =>
    answerCall(tools, exchangeOf(sdk), {
      name: params.name,
      arguments: params.arguments,
      id: sdk.mcpReq.id,
      cancelled: sdk.mcpReq.signal,
      sdk,
      client: server.getClientCapabilities(),
    }),
  )
}
