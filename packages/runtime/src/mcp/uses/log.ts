import type { LoggingLevel } from '@modelcontextprotocol/server'
import { type Call, contextOf } from '../call.js'
import type { Item } from '../catalogue.js'
import { tellable } from '../exchanged-tokens.js'

/** MCP, logging: the levels of RFC 5424, section 6.2.1. */
const LEVELS: readonly LoggingLevel[] = [
  'debug',
  'info',
  'notice',
  'warning',
  'error',
  'critical',
  'alert',
  'emergency',
]

/** Sends log messages of one tool or prompt to the client, of the levels that it wants. */
export function log(item: Item, call: Call): (level: unknown, data: unknown) => Promise<void> {
  const { exchange, signal } = call
  const { mcpReq } = contextOf(call)
  return async (level, data) => {
    const known = LEVELS.find((one) => one === level)
    if (known === undefined) throw new TypeError(`log() takes a level: ${LEVELS.join(', ')}.`)
    if (signal.aborted) return
    try {
      await mcpReq.log(known, tellable(item, data, exchange), item.name)
    } catch {
      // A client that is gone, or data that cannot be sent, is no reason for a handler to fail.
    }
  }
}
