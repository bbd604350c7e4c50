import type { CallToolResult } from '@modelcontextprotocol/server'
import type { Outcome } from '../guard/audit.js'
import type { Grant } from '../guard/grant.js'
import type { Exchange } from './exchange.js'
import { handlerContext } from './handler-context.js'
import { logFailure, toldToTheCaller, withReference } from './handler-failure.js'
import { parseInput } from './parse-input.js'
import { shapeOutput } from './shape-output.js'
import type { PreparedTool } from './tool-catalogue.js'

export interface Called {
  readonly result: CallToolResult
  readonly outcome: Outcome
}

/**
 * Calls a tool. It takes a grant: without one nothing here can run. Whatever
 * goes wrong becomes a result with `isError`, so that the model reads it
 * (MCP, tools, error handling); what went wrong inside is for the log alone.
 */
export async function callTool(
  grant: Grant<PreparedTool>,
  args: unknown,
  exchange: Exchange,
  signal: AbortSignal,
): Promise<Called> {
  const { item } = grant
  try {
    const input = await parseInput(item, args)
    if ('problem' in input) return { result: failure(input.problem), outcome: 'invalid-input' }
    const returned: unknown = await item.module.run(input.value, handlerContext(grant, exchange, signal))
    return { result: await shapeOutput(item, returned), outcome: 'answered' }
  } catch (error) {
    const told = toldToTheCaller(error)
    if (told !== undefined) return { result: failure(told), outcome: 'tool-error' }
    logFailure(item, error, exchange)
    return { result: failure(withReference('The tool failed.', exchange)), outcome: 'failed' }
  }
}

function failure(text: string): CallToolResult {
  return { content: [{ type: 'text', text }], isError: true }
}
