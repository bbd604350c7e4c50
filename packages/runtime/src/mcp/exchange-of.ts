import type { ServerContext } from '@modelcontextprotocol/server'
import type { Exchange } from './exchange.js'

/** The exchange that a request of the SDK belongs to: one server of the SDK may answer many. */
export type ExchangeOf = (context: ServerContext) => Exchange
