import type { FastifyReply, FastifyRequest } from 'fastify'
import { type AuditedRequest, auditStream } from '../guard/audit.js'
import type { InSession } from '../guard/states.js'
import { sendResponse } from '../mcp/send-response.js'
import { lasts } from '../mcp/subscriptions/lasts.js'
import { webRequest } from '../mcp/web-request.js'
import { systemClock } from './clock.js'
import { dropSlowReader } from './drop-slow-reader.js'
import { endWithToken } from './end-with-token.js'
import type { McpRouteParts } from './mcp-route-parts.js'

/** Bytes that the stream of a session may leave unread: it may begin with all that the session has kept. */
const MOST_REPLAYED = 4 * 1024 * 1024

interface ToAnswerInSession {
  readonly own: InSession
  /** Gives up the place before the answer has ended. */
  readonly out: () => void
  readonly audited: AuditedRequest
}

/** Opens the stream of a session, or ends the session. The stream ends with the token that opened it. */
export async function answerInSession(
  request: FastifyRequest,
  reply: FastifyReply,
  { own: { method, identity, session }, out, audited }: ToAnswerInSession,
  { guard, inFlight }: Pick<McpRouteParts, 'guard' | 'inFlight'>,
): Promise<FastifyReply> {
  const { transport } = session
  const end = inFlight.begin(new AbortController(), () => reply.raw.destroy())
  const expiry = setTimeout(() => transport.closeStandaloneSSEStream(), lasts(identity))
  expiry.unref()
  auditStream(audited, method, identity)
  const finished = (): void => {
    clearTimeout(expiry)
    end()
  }
  try {
    const { signal } = new AbortController()
    const response = await transport.handleRequest(
      webRequest(guard.configuration.resource, request.headers, signal, method),
    )
    out()
    const keptUp = dropSlowReader(response, MOST_REPLAYED, () => reply.raw.destroy())
    const bounded = endWithToken(keptUp, identity, systemClock, () => {})
    return await sendResponse(bounded, reply, { disconnectEnds: true, opensQuietly: true, finished })
  } catch (error) {
    finished()
    throw error
  }
}
