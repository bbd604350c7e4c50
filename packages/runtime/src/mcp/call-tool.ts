import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server'
import type { Outcome } from '../guard/audit.js'
import type { Grant } from '../guard/grant.js'
import type { Argued } from '../guard/pick-argument-scopes.js'
import { Asking } from './ask/asking.js'
import type { Call } from './call.js'
import { refuseToTell, tellsToken } from './exchanged-tokens.js'
import { handlerContext } from './handler-context.js'
import { logFailure, toldToTheCaller, withReference } from './handler-failure.js'
import { isAuthorized, NOT_ALLOWED } from './is-authorized.js'
import { type Input, parseInput } from './parse-input.js'
import { shapeOutput } from './shape-output.js'
import type { PreparedTool } from './tool-catalogue.js'
import { useContext } from './uses/use-context.js'

export interface Called {
  readonly result: CallToolResult | InputRequiredResult
  readonly outcome: Outcome
}

/** The arguments of a call as they came, and what was decided on them, if that was part of the decision. */
export interface Arguments {
  readonly sent: unknown
  readonly argued: Argued | undefined
}

/**
 * Calls a tool. It takes a grant: without one nothing here can run. Whatever
 * goes wrong becomes a result with `isError`, so that the model reads it
 * (MCP, tools, error handling); what went wrong inside is for the log alone.
 */
export async function callTool(grant: Grant<PreparedTool>, args: Arguments, call: Call): Promise<Called> {
  const asking = Asking.of(grant, args.sent, call)
  const called = await run(grant, args, call, asking)
  // Whatever it ended with: a handler that asked did not end of itself.
  return asking.isOpen ? { result: asking.result(), outcome: 'asked' } : called
}

async function run(grant: Grant<PreparedTool>, args: Arguments, call: Call, asking: Asking): Promise<Called> {
  const { item } = grant
  const { exchange, signal } = call
  try {
    const input = await inputOf(item, args)
    if ('problem' in input) return { result: failure(input.problem), outcome: 'invalid-input' }
    if (!(await isAuthorized(grant, input.value, exchange, signal))) {
      return { result: failure(NOT_ALLOWED), outcome: 'not-authorized' }
    }
    const returned: unknown = await item.module.run(
      input.value,
      handlerContext(grant, exchange, signal, useContext(item, call, asking)),
    )
    const result = await shapeOutput(item, returned)
    refuseToTell(item, result, exchange)
    return { result, outcome: 'answered' }
  } catch (error) {
    if (asking.isOpen) return { result: failure('The client was asked.'), outcome: 'asked' }
    const told = toldToTheCaller(error)
    if (told !== undefined && !tellsToken(item, told, exchange)) return { result: failure(told), outcome: 'tool-error' }
    logFailure(item, error, exchange)
    return { result: failure(withReference('The tool failed.', exchange)), outcome: 'failed' }
  }
}

/** @throws whatever the project's function threw when it was asked which scopes the arguments need */
async function inputOf(tool: PreparedTool, { sent, argued }: Arguments): Promise<Input> {
  if (argued === undefined) {
    // Without a decision on them the arguments are used for nothing.
    if (tool.module.argumentScopes !== undefined) throw new Error('The arguments of a call were not decided on.')
    return parseInput(tool, sent)
  }
  if ('failure' in argued) throw argued.failure
  // What was decided on is what is used.
  return argued.input
}

function failure(text: string): CallToolResult {
  return { content: [{ type: 'text', text }], isError: true }
}
