import type { ClientCapabilities, ServerContext } from '@modelcontextprotocol/server'
import type { Exchange } from './exchange.js'

/** One request to a handler, as far as the handler can do anything with it besides answering. */
export interface Call {
  readonly exchange: Exchange
  /** Aborted when the client takes the request back, when it is gone where that means something, and at a shutdown. */
  readonly signal: AbortSignal
  readonly sdk: ServerContext
  /** What the client said that it can be asked; nothing, if it did not say. */
  readonly client: ClientCapabilities | undefined
}
