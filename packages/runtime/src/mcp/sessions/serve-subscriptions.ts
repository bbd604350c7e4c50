import { ProtocolError, type Server, type ServerContext } from '@modelcontextprotocol/server'
import type { Exchange } from '../exchange.js'
import { notFound } from '../read-resource.js'
import { LIMIT_REACHED } from '../subscriptions/most-watched.js'
import { mayWatch } from '../subscriptions/watch.js'
import type { Watches } from '../subscriptions/watches.js'

/** `resources/subscribe` and its end, of the revisions before 2026-07-28: they belong to a session, or to the one client of a process. */
export function serveSubscriptions(
  server: Server,
  exchangeOf: (context: ServerContext) => Exchange,
  watches: () => Watches,
): void {
  server.setRequestHandler('resources/subscribe', async ({ params: { uri } }, context) => {
    const exchange = exchangeOf(context)
    const { id } = context.mcpReq
    const read = exchange.grants.read(uri)
    if (read === undefined || !(await mayWatch(read, exchange))) {
      if (read !== undefined) exchange.audit.answered(id, read.grant.item.subscribable ? 'not-authorized' : 'not-found')
      // The same for what does not exist and for what this caller may not know of.
      throw notFound(uri, exchange)
    }
    const own = watches()
    if (!own.hasRoomFor(uri)) throw new ProtocolError(LIMIT_REACHED.code, LIMIT_REACHED.message)
    own.add(uri, read, exchange)
    exchange.audit.answered(id, 'answered')
    return {}
  })
  server.setRequestHandler('resources/unsubscribe', ({ params: { uri } }) => {
    watches().remove(uri)
    return {}
  })
}
