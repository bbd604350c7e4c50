import { type Call, contextOf } from '../call.js'
import type { Item } from '../catalogue.js'
import { tellable } from '../exchanged-tokens.js'
import { isRecord } from '../is-record.js'

/** How far each request is: the handler may run more than once for one (see `ask`). */
const reached: WeakMap<object, Map<unknown, number>> = new WeakMap()

/**
 * Tells the client how far a request is, if it asked to be told. Progress grows
 * (MCP, progress): what does not is not sent, and nothing is sent of a request
 * that ended.
 */
export function progress(item: Item, call: Call): (update: unknown) => Promise<void> {
  const { exchange, signal } = call
  const { id, notify, _meta } = contextOf(call).mcpReq
  const progressToken = _meta?.progressToken
  const past = reached.get(exchange) ?? new Map<unknown, number>()
  reached.set(exchange, past)
  return async (update) => {
    if (!isRecord(update) || typeof update.progress !== 'number' || !Number.isFinite(update.progress)) {
      throw new TypeError('progress() takes { progress, total?, message? }, with numbers.')
    }
    const { progress: done, total, message } = update
    if (progressToken === undefined || signal.aborted || done <= (past.get(id) ?? Number.NEGATIVE_INFINITY)) return
    past.set(id, done)
    const params = {
      progressToken,
      progress: done,
      ...(typeof total === 'number' ? { total } : {}),
      ...(typeof message === 'string' ? { message: tellable(item, message, exchange) } : {}),
    }
    // A client that is gone is no reason for a handler to fail.
    await notify({ method: 'notifications/progress', params }).catch(() => {})
  }
}
