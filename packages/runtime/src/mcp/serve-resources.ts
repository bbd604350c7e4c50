import type { Server } from '@modelcontextprotocol/server'
import type { ExchangeOf } from './exchange-of.js'
import { resultOf } from './handler-failure.js'
import { listResources } from './list-resources.js'
import { refuseCursor } from './one-page.js'
import { notFound, readResource } from './read-resource.js'
import type { ResourceCatalogue } from './resource-catalogue.js'
import { runHandler } from './run-handler.js'

export function serveResources(server: Server, resources: ResourceCatalogue, exchangeOf: ExchangeOf): void {
  server.setRequestHandler('resources/list', async ({ method, params }, sdk) => {
    const exchange = exchangeOf(sdk)
    refuseCursor(params)
    const running = { method, item: undefined, cancelled: sdk.mcpReq.signal }
    return resultOf(await runHandler(exchange, running, (signal) => listResources(resources, exchange, signal)))
  })
  server.setRequestHandler('resources/templates/list', ({ params }, sdk) => {
    refuseCursor(params)
    return { resourceTemplates: exchangeOf(sdk).grants.shown(resources.templates, 'resource') }
  })
  server.setRequestHandler('resources/read', async ({ method, params: { uri } }, sdk) => {
    const exchange = exchangeOf(sdk)
    // What the guard matched is what is read: the URI is not matched a second time.
    const read = exchange.grants.read(uri)
    if (read === undefined) throw notFound(uri)
    const running = { method, item: read.grant.item, cancelled: sdk.mcpReq.signal }
    return resultOf(await runHandler(exchange, running, (signal) => readResource(read, uri, exchange, signal)))
  })
}
