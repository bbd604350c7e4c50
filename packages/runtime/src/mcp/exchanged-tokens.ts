import { inspect } from 'node:util'
import type { Item } from './catalogue.js'
import type { Exchange } from './exchange.js'

/**
 * Tokens that a handler was given for other services stay with the handler. What
 * goes out of it by the log or to the client is looked through for them, if it
 * was given any.
 */
export function tellsToken(item: Item, answer: unknown, { tokenExchange, grants }: Exchange): boolean {
  const caller = grants.of(item)?.caller
  if (tokenExchange?.hasGiven(caller) !== true) return false
  return tokenExchange.isIn(caller, typeof answer === 'string' ? answer : (JSON.stringify(answer) ?? ''))
}

/** @throws {TypeError} instead of an answer, or a question, that holds such a token */
export function refuseToTell(item: Item, told: unknown, exchange: Exchange): void {
  if (tellsToken(item, told, exchange)) {
    throw new TypeError('What was to be told to the client holds a token that exchangeToken() gave, and was not sent.')
  }
}

/** What a handler tells its client on the way, without such tokens: it does not wait for that, so it cannot be told of a failure. */
export function tellable<Told>(item: Item, told: Told, exchange: Exchange): Told {
  const { tokenExchange, grants } = exchange
  if (tokenExchange === undefined || !tellsToken(item, told, exchange)) return told
  return JSON.parse(tokenExchange.without(grants.of(item)?.caller, JSON.stringify(told)))
}

/**
 * An error for the log. Libraries that call other services throw errors that hold
 * the request that failed, headers and all: where there may be a token in it, at
 * whatever depth, the error becomes its text without the token.
 */
export function withoutTokens(item: Item, error: unknown, { tokenExchange, grants }: Exchange): unknown {
  const caller = grants.of(item)?.caller
  if (tokenExchange?.hasGiven(caller) !== true) return error
  const whole = { depth: 8, maxStringLength: null, maxArrayLength: null, breakLength: 120, getters: false } as const
  return { type: 'Error', stack: tokenExchange.without(caller, inspect(error, whole)) }
}
