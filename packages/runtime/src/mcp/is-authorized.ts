import type { Grant } from '../guard/grant.js'
import type { Exchange } from './exchange.js'
import { handlerContext } from './handler-context.js'

/**
 * Asks the rule of an item about the object that a request is about, if it has
 * one. It takes a grant: the rule runs after every other decision, and for
 * nobody who lacks a scope. Only `true` is a yes. What the rule throws is for
 * the caller of this to answer; the handler must not run then either.
 */
export async function isAuthorized(
  grant: Grant,
  input: unknown,
  exchange: Exchange,
  signal: AbortSignal,
): Promise<boolean> {
  const { item } = grant
  if (!item.isRuled) return true
  const { caller, services } = handlerContext(grant, exchange, signal)
  const answer: unknown = await item.module.authorize?.(Object.freeze({ input, caller, services }))
  return answer === true
}

/** What a caller is told whose request a rule refuses, where it is told at all. */
export const NOT_ALLOWED = 'You are not allowed to do this.'
