import {
  type CallToolResult,
  type InputRequiredResult,
  ProtocolError,
  ProtocolErrorCode,
} from '@modelcontextprotocol/server'
import type { Call } from './call.js'
import { callTool } from './call-tool.js'
import type { Exchange } from './exchange.js'
import type { RequestId } from './message.js'
import { runHandler } from './run-handler.js'
import type { ToolCatalogue } from './tool-catalogue.js'
import { withoutGrant } from './without-grant.js'

/** A `tools/call` that is well-formed, from whichever lane. */
export interface AskedCall extends Pick<Call, 'sdk' | 'client'> {
  readonly name: string
  readonly arguments: unknown
  readonly id: RequestId
  /** Aborted when the client takes the request back. */
  readonly cancelled: AbortSignal
}

/**
 * Answers `tools/call`: the one way to a tool, on both lanes. What runs has a
 * grant in the exchange; a tool that the caller may not know of is none.
 *
 * @throws {ProtocolError} for an unknown tool, a handler that took too long, and a state that was tampered with
 */
export async function answerCall(
  tools: ToolCatalogue,
  exchange: Exchange,
  { name, arguments: sent, id, cancelled, sdk, client }: AskedCall,
): Promise<CallToolResult | InputRequiredResult> {
  const item = exchange.grants.visible(tools.get(name))
  const grant = item === undefined ? undefined : exchange.grants.of(item)
  if (grant === undefined) throw withoutGrant(item !== undefined, unknownTool)
  const args = { sent, argued: exchange.grants.argued(id) }
  const running = { id, method: 'tools/call', item, cancelled }
  const { result } = await runHandler(exchange, running, (signal) =>
    callTool(grant, args, { exchange, signal, sdk, client }),
  )
  return result
}

function unknownTool(): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, 'Unknown tool')
}
