import type { Server } from '@modelcontextprotocol/server'
import type { Catalogue } from './catalogue.js'
import type { ExchangeOf } from './exchange-of.js'
import { resultOf } from './handler-failure.js'
import { listResources, resourcePage } from './list-resources.js'
import { listTemplates } from './list-templates.js'
import { notFound, readResource } from './read-resource.js'
import { runHandler } from './run-handler.js'

export function serveResources(server: Server, catalogue: Catalogue, exchangeOf: ExchangeOf): void {
  server.setRequestHandler('resources/list', async ({ method, params }, sdk) => {
    const exchange = exchangeOf(sdk)
    const asked = resourcePage(catalogue, exchange, params?.cursor)
    const running = { id: sdk.mcpReq.id, method, item: undefined, cancelled: sdk.mcpReq.signal }
    return resultOf(await runHandler(exchange, running, (signal) => listResources(asked, exchange, signal)))
  })
  server.setRequestHandler('resources/templates/list', ({ params }, sdk) =>
    listTemplates(catalogue, exchangeOf(sdk), params?.cursor),
  )
  server.setRequestHandler('resources/read', async ({ method, params: { uri } }, sdk) => {
    const exchange = exchangeOf(sdk)
    // What the guard matched is what is read: the URI is not matched a second time.
    const read = exchange.grants.read(uri)
    if (read === undefined) throw notFound(uri, exchange)
    const running = { id: sdk.mcpReq.id, method, item: read.grant.item, cancelled: sdk.mcpReq.signal }
    return resultOf(await runHandler(exchange, running, (signal) => readResource(read, uri, exchange, signal)))
  })
}
