import {
  type CompleteRequest,
  type CompleteResult,
  ProtocolError,
  ProtocolErrorCode,
} from '@modelcontextprotocol/server'
import type { Grant } from '../guard/grant.js'
import type { Exchange } from './exchange.js'
import { refuseToTell } from './exchanged-tokens.js'
import { handlerContext } from './handler-context.js'
import { type Answered, failed } from './handler-failure.js'
import type { PreparedPrompt } from './prompt-catalogue.js'
import type { PreparedResource } from './resource-catalogue.js'

/** MCP, completion: at most that many. */
const MOST_VALUES = 100

/**
 * Suggests values. It takes a grant for the resource or prompt itself: whoever
 * may not read it gets nothing of what could stand in it.
 */
export async function complete(
  grant: Grant<PreparedResource | PreparedPrompt>,
  { argument, context }: CompleteRequest['params'],
  exchange: Exchange,
  signal: AbortSignal,
): Promise<Answered<CompleteResult>> {
  const { item } = grant
  const names = namesOf(item)
  if (!names.includes(argument.name)) {
    return { error: new ProtocolError(ProtocolErrorCode.InvalidParams, 'Unknown argument'), outcome: 'invalid-input' }
  }
  try {
    const completers = item.module.complete ?? {}
    const completer = Object.hasOwn(completers, argument.name) ? completers[argument.name] : undefined
    if (typeof completer !== 'function') return { result: { completion: { values: [] } }, outcome: 'answered' }
    const others = othersOf(names, argument.name, context?.arguments ?? {})
    const returned: unknown = await completer.call(
      completers,
      argument.value,
      handlerContext(grant, exchange, signal, { others }),
    )
    const completion = shape(returned)
    refuseToTell(item, completion, exchange)
    return { result: { completion }, outcome: 'answered' }
  } catch (error) {
    const what = 'The suggestions could not be made.'
    return failed(item, error, exchange, { told: ProtocolErrorCode.InternalError, what })
  }
}

function namesOf(item: PreparedResource | PreparedPrompt): readonly string[] {
  return item.kind === 'resource' ? item.pattern.names : item.description.arguments.map(({ name }) => name)
}

/** Only what the other variables are called: a client may send anything. */
function othersOf(
  names: readonly string[],
  own: string,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const kept = names.filter((name) => name !== own && Object.hasOwn(given, name))
  return Object.freeze(Object.fromEntries(kept.map((name) => [name, given[name] ?? ''])))
}

function shape(value: unknown): CompleteResult['completion'] {
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) {
    throw new TypeError('A completion returns a list of texts.')
  }
  const values = value.slice(0, MOST_VALUES)
  return { values, total: value.length, hasMore: value.length > values.length }
}
