import type { Server, ServerContext } from '@modelcontextprotocol/server'
import type { Exchange } from '../exchange.js'
import { notFound } from '../read-resource.js'
import { mayWatch } from '../subscriptions/watch.js'
import type { Session } from './session.js'

/** `resources/subscribe` and its end, of the revisions before 2026-07-28: they belong to a session. */
export function serveSubscriptions(
  server: Server,
  exchangeOf: (context: ServerContext) => Exchange,
  session: () => Session,
): void {
  server.setRequestHandler('resources/subscribe', async ({ params: { uri } }, context) => {
    const exchange = exchangeOf(context)
    const read = exchange.grants.read(uri)
    // The same for what does not exist and for what this caller may not know of.
    if (read === undefined || !(await mayWatch(read, exchange))) throw notFound(uri, exchange)
    session().watch(uri, read, exchange)
    return {}
  })
  server.setRequestHandler('resources/unsubscribe', ({ params: { uri } }) => {
    session().unwatch(uri)
    return {}
  })
}
