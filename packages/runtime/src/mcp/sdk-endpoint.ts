import { createMcpHandler, type McpHttpHandler, type Server, type ServerContext } from '@modelcontextprotocol/server'
import type { FastifyBaseLogger } from 'fastify'
import type { Policy } from '../definition.js'
import type { Identity } from '../token/identity.js'
import type { Catalogue } from './catalogue.js'
import type { Exchange } from './exchange.js'
import { makeServer } from './make-server.js'
import { openSession } from './sessions/open-session.js'
import type { Session } from './sessions/session.js'
import type { Sessions } from './sessions/sessions.js'
import type { ChangeFeed } from './subscriptions/change-feed.js'
import { listen } from './subscriptions/listen.js'
import { OpenStreams } from './subscriptions/open-streams.js'

/** What the endpoint works with, made once at boot. */
export interface EndpointParts {
  readonly identity: Policy['server']
  readonly catalogue: Catalogue
  readonly feed: ChangeFeed
  /** Nothing, if no client needs one. */
  readonly sessions: Sessions | undefined
  readonly log: FastifyBaseLogger
}

/**
 * The official SDK behind the guard: it speaks the protocol, in both eras, and
 * knows nothing of tokens. What it may do for a request is in the request's
 * exchange: what has no grant there is not used, whatever it asks.
 */
export class SdkEndpoint {
  readonly #parts: EndpointParts
  readonly #handler: McpHttpHandler
  readonly #streams: OpenStreams = new OpenStreams()
  readonly #exchanges: WeakMap<Request, Exchange> = new WeakMap()

  constructor(parts: EndpointParts) {
    this.#parts = parts
    this.#handler = createMcpHandler(({ requestInfo }) => this.#serverFor(requestInfo), {
      legacy: 'stateless',
      // What the SDK refuses is the client's mistake and stands in the audit record; this is for who debugs one.
      onerror: ({ message }) => parts.log.debug({ reason: ownWords(message) }, 'the SDK reported'),
    })
  }

  async answer(request: Request, body: unknown, exchange: Exchange): Promise<Response> {
    this.#exchanges.set(request, exchange)
    return this.#handler.fetch(request, { parsedBody: body })
  }

  /** Answers `subscriptions/listen` with a stream that belongs to this caller. */
  async listen(request: Request, body: unknown, exchange: Exchange, identity: Identity): Promise<Response> {
    this.#exchanges.set(request, exchange)
    const makeOne = ({ requestInfo }: { readonly requestInfo?: Request }): Server => this.#serverFor(requestInfo)
    return listen(request, body, exchange, identity, {
      feed: this.#parts.feed,
      streams: this.#streams,
      makeServer: makeOne,
    })
  }

  /** Answers `initialize` with a session that belongs to this caller. */
  async openSession(request: Request, body: unknown, exchange: Exchange, identity: Identity): Promise<Response> {
    const { identity: own, catalogue, sessions } = this.#parts
    if (sessions === undefined) return this.answer(request, body, exchange)
    this.#exchanges.set(request, exchange)
    const server = makeServer(own, catalogue, (context) => this.#exchangeOf(context))
    return openSession(request, body, identity, {
      server,
      sessions,
      exchangeOf: (context) => this.#exchangeOf(context),
    })
  }

  /** Hands a request to the session that it names. */
  async inSession(request: Request, body: unknown, exchange: Exchange, session: Session): Promise<Response> {
    this.#exchanges.set(request, exchange)
    return session.transport.handleRequest(request, { parsedBody: body })
  }

  /** Ends what would stay open: the streams of changes, and the sessions. Clients may come back. */
  async endStreams(): Promise<void> {
    this.#streams.end()
    await this.#parts.sessions?.close()
  }

  async close(): Promise<void> {
    await this.endStreams()
    await this.#handler.close()
  }

  #serverFor(request: Request | undefined): Server {
    const exchange = request === undefined ? undefined : this.#exchanges.get(request)
    if (exchange === undefined) throw new Error(UNGUARDED)
    return makeServer(this.#parts.identity, this.#parts.catalogue, () => exchange)
  }

  #exchangeOf({ http }: ServerContext): Exchange {
    const exchange = http?.req === undefined ? undefined : this.#exchanges.get(http.req)
    if (exchange === undefined) throw new Error(UNGUARDED)
    return exchange
  }
}

const UNGUARDED = 'A request reached the SDK without passing the guard.'

/** What the SDK says before it quotes the client. */
function ownWords(message: string): string {
  return message.split(':', 1)[0] ?? ''
}
