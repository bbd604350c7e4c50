import type { ClientCapabilities, ServerContext } from '@modelcontextprotocol/server'
import type { Exchange } from './exchange.js'

/** One request to a handler, as far as the handler can do anything with it besides answering. */
export interface Call {
  readonly exchange: Exchange
  /** Aborted when the client takes the request back, when it is gone where that means something, and at a shutdown. */
  readonly signal: AbortSignal
  /** What a handler that uses something reaches its client by; nothing on the compiled lane, whose tools use nothing. */
  readonly sdk: ServerContext | undefined
  /** What the client said that it can be asked; nothing, if it did not say. */
  readonly client: ClientCapabilities | undefined
}

/** @throws {TypeError} when a handler that uses something was called where nothing can be used */
export function contextOf({ sdk }: Call): ServerContext {
  if (sdk === undefined) throw new TypeError('A handler that uses something was called without the SDK.')
  return sdk
}
