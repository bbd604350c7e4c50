import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server'
import type { Outcome } from '../guard/audit.js'
import type { Item } from './catalogue.js'
import type { Exchange } from './exchange.js'
import { TookTooLong, withinTime } from './within-time.js'

/** What a message is, for its record in the log. */
export interface Running {
  readonly method: string
  /** Nothing for a list. */
  readonly item: Item | undefined
  /** Aborted when the client takes the request back. */
  readonly cancelled: AbortSignal
}

/**
 * Runs a handler of the project's. The services stay open until it is done: the
 * request may be over before, because a client that goes away ends only that.
 */
export async function runHandler<Ended extends { readonly outcome: Outcome }>(
  exchange: Exchange,
  { method, item, cancelled }: Running,
  handler: (signal: AbortSignal) => Promise<Ended>,
): Promise<Ended> {
  const end = exchange.begin()
  try {
    const ended = await withinTime(exchange.secondsFor(item), (late) => {
      const signal = AbortSignal.any([cancelled, exchange.signal, late])
      return exchange.audit.traced(method, item, () => handler(signal))
    })
    exchange.audit.answered(method, item, exchange.signal.aborted ? 'abandoned' : ended.outcome)
    return ended
  } catch (error) {
    if (!(error instanceof TookTooLong)) throw error
    exchange.audit.answered(method, item, 'timed-out')
    throw new ProtocolError(ProtocolErrorCode.InternalError, error.message)
  } finally {
    end()
  }
}
