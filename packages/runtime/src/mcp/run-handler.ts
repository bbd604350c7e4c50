import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server'
import type { Outcome, Running } from '../guard/audit.js'
import type { Exchange } from './exchange.js'
import { TookTooLong, withinTime } from './within-time.js'

/** What a message is, for its record in the log, and until when somebody waits for it. */
export interface RunningRequest extends Running {
  /** Aborted when the client takes the request back. */
  readonly cancelled: AbortSignal
}

/**
 * Runs a handler of the project's. The services stay open until it is done: the
 * request may be over before, because a client that goes away ends only that.
 */
export async function runHandler<Ended extends { readonly outcome: Outcome }>(
  exchange: Exchange,
  { cancelled, ...running }: RunningRequest,
  handler: (signal: AbortSignal) => Promise<Ended>,
): Promise<Ended> {
  const end = exchange.begin()
  try {
    const ended = await withinTime(exchange.secondsFor(running.item), (late) => {
      const signal = AbortSignal.any([cancelled, exchange.signal, late])
      return exchange.audit.traced(running, () => handler(signal))
    })
    exchange.audit.answered(running.id, exchange.signal.aborted ? 'abandoned' : ended.outcome)
    return ended
  } catch (error) {
    if (!(error instanceof TookTooLong)) throw error
    exchange.audit.answered(running.id, 'timed-out')
    throw new ProtocolError(ProtocolErrorCode.InternalError, error.message)
  } finally {
    end()
  }
}
