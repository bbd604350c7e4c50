import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server'
import type { Outcome } from '../guard/audit.js'
import type { Grant } from '../guard/grant.js'
import { Asking } from './ask/asking.js'
import type { Call } from './call.js'
import { handlerContext } from './handler-context.js'
import { logFailure, toldToTheCaller, withReference } from './handler-failure.js'
import { parseInput } from './parse-input.js'
import { shapeOutput } from './shape-output.js'
import type { PreparedTool } from './tool-catalogue.js'
import { useContext } from './uses/use-context.js'

export interface Called {
  readonly result: CallToolResult | InputRequiredResult
  readonly outcome: Outcome
}

/**
 * Calls a tool. It takes a grant: without one nothing here can run. Whatever
 * goes wrong becomes a result with `isError`, so that the model reads it
 * (MCP, tools, error handling); what went wrong inside is for the log alone.
 */
export async function callTool(grant: Grant<PreparedTool>, args: unknown, call: Call): Promise<Called> {
  const asking = Asking.of(grant, args, call)
  const called = await run(grant, args, call, asking)
  // Whatever it ended with: a handler that asked did not end of itself.
  return asking.isOpen ? { result: asking.result(), outcome: 'asked' } : called
}

async function run(grant: Grant<PreparedTool>, args: unknown, call: Call, asking: Asking): Promise<Called> {
  const { item } = grant
  const { exchange, signal } = call
  try {
    const input = await parseInput(item, args)
    if ('problem' in input) return { result: failure(input.problem), outcome: 'invalid-input' }
    const returned: unknown = await item.module.run(
      input.value,
      handlerContext(grant, exchange, signal, useContext(item, call, asking)),
    )
    return { result: await shapeOutput(item, returned), outcome: 'answered' }
  } catch (error) {
    if (asking.isOpen) return { result: failure('The client was asked.'), outcome: 'asked' }
    const told = toldToTheCaller(error)
    if (told !== undefined) return { result: failure(told), outcome: 'tool-error' }
    logFailure(item, error, exchange)
    return { result: failure(withReference('The tool failed.', exchange)), outcome: 'failed' }
  }
}

function failure(text: string): CallToolResult {
  return { content: [{ type: 'text', text }], isError: true }
}
