import { randomUUID } from 'node:crypto'
import { type Server, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server'
import type { Identity } from '../../token/identity.js'
import type { ExchangeOf } from '../exchange-of.js'
import { RecentEvents } from './recent-events.js'
import { serveSubscriptions } from './serve-subscriptions.js'
import { Session } from './session.js'
import type { Sessions } from './sessions.js'

/** Milliseconds after which a client whose stream ended may come back (SEP-1699). */
const RETRY = 1_000

/**
 * Answers `initialize` with a new session of this caller. Its id is random, and
 * worth nothing without a token of the caller's.
 */
export async function openSession(
  request: Request,
  body: unknown,
  identity: Identity,
  {
    server,
    sessions,
    exchangeOf,
  }: { readonly server: Server; readonly sessions: Sessions; readonly exchangeOf: ExchangeOf },
): Promise<Response> {
  let opened = false
  const transport = new WebStandardStreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    eventStore: new RecentEvents(),
    retryInterval: RETRY,
    onsessioninitialized: (id) => {
      opened = true
      sessions.add(id, session)
    },
    onsessionclosed: (id) => sessions.remove(id),
  })
  const session = new Session(identity, server, transport)
  if (server.getCapabilities().resources?.subscribe) serveSubscriptions(server, exchangeOf, () => session.watches)
  await server.connect(transport)
  const response = await transport.handleRequest(request, { parsedBody: body })
  if (!opened) await server.close()
  return response
}
