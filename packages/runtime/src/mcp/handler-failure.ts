import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server'
import type { Outcome } from '../guard/audit.js'
import type { Item } from './catalogue.js'
import type { Exchange } from './exchange.js'
import { tellsToken, withoutTokens } from './exchanged-tokens.js'

/**
 * The message of a `ToolError`, `ResourceError` or `PromptError`. By its mark,
 * not by its class: the project may have another copy of the DSL than whoever
 * threw. Anything can be thrown, also what throws when it is looked at; the SDK
 * would send that to the client.
 */
export function toldToTheCaller(error: unknown): string | undefined {
  try {
    if (typeof error !== 'object' || error === null || !('mcp-secure.tool-error' in error)) return undefined
    const message = 'message' in error ? error.message : undefined
    return error['mcp-secure.tool-error'] === true && typeof message === 'string' ? message : undefined
  } catch {
    return undefined
  }
}

/** What went wrong inside is for the log alone. */
export function logFailure(item: Item, error: unknown, exchange: Exchange): void {
  const { kind, name } = item
  const { log } = exchange
  const message = `the ${kind} ${name} failed`
  try {
    log.error({ err: withoutTokens(item, error, exchange), [kind]: name }, message)
  } catch {
    log.error({ [kind]: name }, `${message} with something that cannot be logged`)
  }
}

/** What a client learns of a failure that is not meant for it. */
export function withReference(what: string, { id }: Exchange): string {
  return `${what} Its operator can find out why with this reference: ${id}`
}

/** How a handler ended: with what the client gets, or with the error that it gets, and what the log calls it. */
export type Answered<Result> =
  | { readonly result: Result; readonly outcome: Outcome }
  | { readonly error: ProtocolError; readonly outcome: Outcome }

/** What the SDK sends: the result, or the error, which it takes by being thrown. */
export function resultOf<Result>(answered: Answered<Result>): Result {
  if ('error' in answered) throw answered.error
  return answered.result
}

/** The answer to a request whose handler threw. */
export function failed(
  item: Item,
  error: unknown,
  exchange: Exchange,
  { told, what }: { readonly told: ProtocolErrorCode; readonly what: string },
): { readonly error: ProtocolError; readonly outcome: Outcome } {
  const message = toldToTheCaller(error)
  if (message !== undefined && !tellsToken(item, message, exchange)) {
    const outcome = item.kind === 'prompt' ? 'prompt-error' : 'resource-error'
    return { error: new ProtocolError(told, message), outcome }
  }
  logFailure(item, error, exchange)
  return {
    error: new ProtocolError(ProtocolErrorCode.InternalError, withReference(what, exchange)),
    outcome: 'failed',
  }
}
