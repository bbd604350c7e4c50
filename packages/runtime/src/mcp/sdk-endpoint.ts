import {
  type CallToolRequest,
  type CallToolResult,
  createMcpHandler,
  type McpHttpHandler,
  ProtocolError,
  ProtocolErrorCode,
  Server,
  type ServerOptions,
} from '@modelcontextprotocol/server'
import type { FastifyBaseLogger } from 'fastify'
import type { Policy } from '../definition.js'
import { callTool } from './call-tool.js'
import type { Exchange } from './exchange.js'
import type { ToolCatalogue } from './tool-catalogue.js'
import { VERSIONS } from './versions.js'

/**
 * How long clients may keep the list of tools. It does not change while the
 * server runs and is the same for everybody; a shared cache still has no
 * business with it.
 */
const LIST_CACHING = { ttlMs: 60_000, cacheScope: 'private' } as const

/**
 * The official SDK behind the guard: it speaks the protocol, in both eras, and
 * knows nothing of tokens. What it may do for a request is in the request's
 * exchange: a tool without a grant there is not called, whatever it asks.
 */
export class SdkEndpoint {
  readonly #handler: McpHttpHandler
  readonly #exchanges: WeakMap<Request, Exchange> = new WeakMap()
  readonly #identity: Policy['server']
  readonly #tools: ToolCatalogue

  constructor(identity: Policy['server'], tools: ToolCatalogue, log: FastifyBaseLogger) {
    this.#identity = identity
    this.#tools = tools
    this.#handler = createMcpHandler(
      ({ requestInfo }) => this.#serverFor(requestInfo === undefined ? undefined : this.#exchanges.get(requestInfo)),
      // What the SDK refuses is the client's mistake and stands in the audit record; this is for who debugs one.
      { legacy: 'stateless', onerror: ({ message }) => log.debug({ reason: ownWords(message) }, 'the SDK reported') },
    )
  }

  async answer(request: Request, body: unknown, exchange: Exchange): Promise<Response> {
    this.#exchanges.set(request, exchange)
    return this.#handler.fetch(request, { parsedBody: body })
  }

  async close(): Promise<void> {
    await this.#handler.close()
  }

  #serverFor(exchange: Exchange | undefined): Server {
    if (exchange === undefined) throw new Error('A request reached the SDK without passing the guard.')
    const { name, version, title, instructions } = this.#identity
    const server = new Server(
      { name, version, ...(title === undefined ? {} : { title }) },
      {
        capabilities: { tools: {} },
        supportedProtocolVersions: [...VERSIONS],
        cacheHints: { 'tools/list': LIST_CACHING, 'server/discover': LIST_CACHING },
        jsonSchemaValidator: NO_VALIDATOR,
        ...(instructions === undefined ? {} : { instructions }),
      },
    )
    server.setRequestHandler('tools/list', ({ params }) => {
      // There is one page, so no cursor was ever given out.
      if (params?.cursor !== undefined) throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'Unknown cursor')
      return { tools: structuredClone([...this.#tools.listing]) }
    })
    server.setRequestHandler('tools/call', ({ params }, { mcpReq }) => this.#call(params, exchange, mcpReq.signal))
    return server
  }

  async #call(params: CallToolRequest['params'], exchange: Exchange, cancelled: AbortSignal): Promise<CallToolResult> {
    const grant = exchange.grants.get(params.name)
    if (grant === undefined) {
      if (this.#tools.get(params.name)) throw new ProtocolError(ProtocolErrorCode.InternalError, 'Internal error')
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'Unknown tool')
    }
    // The request may be over before its handler is: a client that goes away ends only the former.
    const end = exchange.begin()
    try {
      const signal = AbortSignal.any([cancelled, exchange.signal])
      const { result, outcome } = await callTool(grant, params.arguments, exchange, signal)
      exchange.audit.called(grant.tool.name, exchange.signal.aborted ? 'abandoned' : outcome)
      return result
    } finally {
      end()
    }
  }
}

/** The SDK makes an Ajv for every server otherwise. It is asked only about elicitation, which no tool can do. */
const NO_VALIDATOR: NonNullable<ServerOptions['jsonSchemaValidator']> = {
  getValidator() {
    throw new TypeError('This server elicits nothing.')
  },
}

/** What the SDK says before it quotes the client. */
function ownWords(message: string): string {
  return message.split(':', 1)[0] ?? ''
}
