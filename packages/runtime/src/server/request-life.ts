import type { FastifyReply } from 'fastify'
import type { Audit, Outcome } from '../guard/audit.js'
import type { Decided } from '../guard/states.js'
import type { Place } from '../limits/place.js'
import type { McpRouteParts } from './mcp-route-parts.js'

/** From when a request may be answered until its answer is complete, delivered or not. */
export interface RequestLife {
  /** Aborted when the client is gone, where that means something, and when the server gives up waiting. */
  readonly controller: AbortController
  /** For the SDK, which is not to hear of a client that goes away where that cancels nothing. */
  readonly signalForSdk: AbortSignal
  /** Whether the answer need not be read to its end when the client goes away. */
  readonly disconnectEnds: boolean
  /** Gives up the place of the request before it ends: it is no work in hand. */
  leave(): void
  /** Its token has expired. */
  expired(): void
  /** Puts away what it held, and writes what was not recorded yet. */
  finished(status: number): void
}

/** Begins to answer: counts the request in, and watches for its client to go away. */
export function beginLife(
  reply: FastifyReply,
  { decided, place, audit }: { readonly decided: Decided; readonly place: Place; readonly audit: Audit },
  { inFlight, metrics }: Pick<McpRouteParts, 'inFlight' | 'metrics'>,
): RequestLife {
  const controller = new AbortController()
  const leave = place.take()
  const counted = metrics?.began() ?? ((): void => {})
  // A connection that never ends would keep the whole app from closing.
  const end = inFlight.begin(controller, () => reply.raw.destroy())
  // 2025-11-25: a client that goes away has not cancelled.
  const disconnectCancels = decided.era === 'modern'
  reply.raw.once('close', () => {
    if (disconnectCancels && !reply.raw.writableFinished) controller.abort(new Error('The client is gone.'))
  })
  let ended: Outcome | undefined
  return {
    controller,
    signalForSdk: disconnectCancels ? controller.signal : new AbortController().signal,
    // In a session what was not read is kept: the client may come back for it, and nothing of the answer need be read here.
    disconnectEnds: disconnectCancels || decided.session !== undefined,
    leave,
    expired() {
      ended = 'token-expired'
      // In a session the work goes on: the client may come back for its result, with another token.
      if (decided.session === undefined) controller.abort(new Error('The access token has expired.'))
    },
    finished(status) {
      end()
      whenRead(reply, leave)
      counted()
      audit.finish(status, ended)
    },
  }
}

/** Calls back when an answer lies here no more: its client has taken it, or is gone. */
function whenRead({ raw }: FastifyReply, then: () => void): void {
  if (raw.writableFinished || raw.destroyed) then()
  else raw.once('finish', then).once('close', then)
}
