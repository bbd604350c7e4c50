import type { LoggingLevel } from '@modelcontextprotocol/server'
import { type Call, contextOf } from '../call.js'

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
export function log(name: string, call: Call): (level: unknown, data: unknown) => Promise<void> {
  const { signal } = call
  const { mcpReq } = contextOf(call)
  return async (level, data) => {
    const known = LEVELS.find((one) => one === level)
    if (known === undefined) throw new TypeError(`log() takes a level: ${LEVELS.join(', ')}.`)
    if (signal.aborted) return
    // A client that is gone is no reason for a handler to fail.
    await mcpReq.log(known, data, name).catch(() => {})
  }
}
