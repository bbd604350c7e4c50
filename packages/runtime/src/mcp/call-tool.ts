import type { CallToolResult } from '@modelcontextprotocol/server'
import type { Outcome } from '../guard/audit.js'
import type { Grant } from '../guard/grant.js'
import type { Exchange } from './exchange.js'
import { parseInput } from './parse-input.js'
import { shapeOutput } from './shape-output.js'

export interface Called {
  readonly result: CallToolResult
  readonly outcome: Outcome
}

/**
 * Calls a tool. It takes a grant: without one nothing here can run. Whatever
 * goes wrong becomes a result with `isError`, so that the model reads it
 * (MCP, tools, error handling); what went wrong inside is for the log alone.
 */
export async function callTool(grant: Grant, args: unknown, exchange: Exchange, signal: AbortSignal): Promise<Called> {
  try {
    const input = await parseInput(grant.tool, args)
    if ('problem' in input) return { result: failure(input.problem), outcome: 'invalid-input' }
    const returned: unknown = await grant.tool.module.run(input.value, contextOf(grant, exchange, signal))
    return { result: await shapeOutput(grant.tool, returned), outcome: 'answered' }
  } catch (error) {
    if (isToolError(error)) return { result: failure(error.message), outcome: 'tool-error' }
    exchange.log.error({ err: error, tool: grant.tool.name }, `the tool ${grant.tool.name} failed`)
    return {
      result: failure(`The tool failed. Its operator can find out why with this reference: ${exchange.id}`),
      outcome: 'failed',
    }
  }
}

/** What `CallerContext` and `PublicContext` of the DSL promise, frozen. */
function contextOf({ caller }: Grant, exchange: Exchange, signal: AbortSignal): Readonly<Record<string, unknown>> {
  const shared = {
    services: exchange.services,
    signal,
    request: Object.freeze({ id: exchange.id, protocolVersion: exchange.protocolVersion }),
  }
  if (caller === undefined) return Object.freeze(shared)
  const { subject, clientId, issuer, effective, claims } = caller
  return Object.freeze({ ...shared, caller: Object.freeze({ subject, clientId, issuer, scopes: effective, claims }) })
}

function failure(text: string): CallToolResult {
  return { content: [{ type: 'text', text }], isError: true }
}

/** By its mark, not by its class: the project may have another copy of the DSL than whoever threw. */
function isToolError(error: unknown): error is { readonly message: string } {
  return (
    typeof error === 'object' &&
    error !== null &&
    'mcp-secure.tool-error' in error &&
    error['mcp-secure.tool-error'] === true &&
    'message' in error &&
    typeof error.message === 'string'
  )
}
