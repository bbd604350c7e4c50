import type { Server } from '@modelcontextprotocol/server'
import { answerCall } from './answer-call.js'
import type { Catalogue } from './catalogue.js'
import type { ExchangeOf } from './exchange-of.js'
import { listTools } from './list-tools.js'

export function serveTools(server: Server, catalogue: Catalogue, exchangeOf: ExchangeOf): void {
  server.setRequestHandler('tools/list', ({ params }, sdk) => listTools(catalogue, exchangeOf(sdk), params?.cursor))
  server.setRequestHandler('tools/call', ({ params }, sdk) =>
    answerCall(catalogue.tools, exchangeOf(sdk), {
      name: params.name,
      arguments: params.arguments,
      id: sdk.mcpReq.id,
      cancelled: sdk.mcpReq.signal,
      sdk,
      client: server.getClientCapabilities(),
    }),
  )
}
