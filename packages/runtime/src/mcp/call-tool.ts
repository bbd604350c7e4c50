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
    const told = toldToTheModel(error)
    if (told !== undefined) return { result: failure(told), outcome: 'tool-error' }
    logFailure(grant.tool.name, error, exchange)
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

/**
 * The message of a `ToolError`. By its mark, not by its class: the project may
 * have another copy of the DSL than whoever threw. Anything can be thrown, also
 * what throws when it is looked at; the SDK would send that to the client.
 */
function toldToTheModel(error: unknown): string | undefined {
  try {
    if (typeof error !== 'object' || error === null || !('mcp-secure.tool-error' in error)) return undefined
    const message = 'message' in error ? error.message : undefined
    return error['mcp-secure.tool-error'] === true && typeof message === 'string' ? message : undefined
  } catch {
    return undefined
  }
}

function logFailure(tool: string, error: unknown, { log }: Exchange): void {
  const message = `the tool ${tool} failed`
  try {
    log.error({ err: error, tool }, message)
  } catch {
    log.error({ tool }, `${message} with something that cannot be logged`)
  }
}
