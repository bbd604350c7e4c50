import { createMcpHandler, type McpHttpHandler, Server, type ServerOptions } from '@modelcontextprotocol/server'
import type { FastifyBaseLogger } from 'fastify'
import type { Policy } from '../definition.js'
import { caching, offered } from './capabilities.js'
import type { Catalogue } from './catalogue.js'
import type { Exchange } from './exchange.js'
import { serveCompletion } from './serve-completion.js'
import { servePrompts } from './serve-prompts.js'
import { serveResources } from './serve-resources.js'
import { serveTools } from './serve-tools.js'
import { VERSIONS } from './versions.js'

/**
 * The official SDK behind the guard: it speaks the protocol, in both eras, and
 * knows nothing of tokens. What it may do for a request is in the request's
 * exchange: what has no grant there is not used, whatever it asks.
 */
export class SdkEndpoint {
  readonly #handler: McpHttpHandler
  readonly #exchanges: WeakMap<Request, Exchange> = new WeakMap()
  readonly #identity: Policy['server']
  readonly #catalogue: Catalogue

  constructor(identity: Policy['server'], catalogue: Catalogue, log: FastifyBaseLogger) {
    this.#identity = identity
    this.#catalogue = catalogue
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
    const capabilities = offered(this.#catalogue)
    const server = new Server(
      { name, version, ...(title === undefined ? {} : { title }) },
      {
        capabilities,
        supportedProtocolVersions: [...VERSIONS],
        cacheHints: caching(this.#catalogue),
        jsonSchemaValidator: NO_VALIDATOR,
        ...(instructions === undefined ? {} : { instructions }),
      },
    )
    if (capabilities.tools) serveTools(server, this.#catalogue.tools, exchange)
    if (capabilities.resources) serveResources(server, this.#catalogue.resources, exchange)
    if (capabilities.prompts) servePrompts(server, this.#catalogue.prompts, exchange)
    if (capabilities.completions) serveCompletion(server, this.#catalogue, exchange)
    return server
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
