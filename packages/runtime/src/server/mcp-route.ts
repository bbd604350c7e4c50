import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Changes } from '../definition.js'
import { Audit, auditRefusal, auditStream } from '../guard/audit.js'
import type { Guard } from '../guard/guard.js'
import { forStream, forWhat, fromWhere, fromWhom } from '../guard/pipeline.js'
import { type Refusal, Refused } from '../guard/refusal.js'
import { RETRY_AFTER, refusalToWire } from '../guard/refusal-to-wire.js'
import type { Arrival, Decided, Identified, InSession } from '../guard/states.js'
import type { StateSeal } from '../mcp/ask/state-seal.js'
import type { Exchange } from '../mcp/exchange.js'
import type { InFlight } from '../mcp/in-flight.js'
import type { SdkEndpoint } from '../mcp/sdk-endpoint.js'
import { sendResponse } from '../mcp/send-response.js'
import { lasts } from '../mcp/subscriptions/lasts.js'
import { webRequest } from '../mcp/web-request.js'
import type { Identity } from '../token/identity.js'
import { allowOrigin, answerPreflight, isPreflight } from './cors.js'
import { requestSerializer } from './logging.js'

/** What the MCP route works with, made once at boot. */
export interface McpRouteParts {
  readonly guard: Guard
  readonly endpoint: SdkEndpoint
  readonly inFlight: InFlight
  readonly services: unknown
  readonly changes: Changes
  readonly seal: StateSeal
}

/** Serves the MCP endpoint: every HTTP method on its path goes through the guard. */
export function serveMcp(instance: FastifyInstance, parts: McpRouteParts): void {
  const { guard } = parts
  const identified = new WeakMap<FastifyRequest, Identified>()
  // The body stays unread until the caller is known: Fastify's parsers are not asked.
  instance.removeAllContentTypeParsers()
  instance.addContentTypeParser('*', (_request, payload, done) => done(null, payload))

  instance.all(new URL(guard.configuration.resource).pathname, {
    logSerializers: { req: requestSerializer },
    onRequest: async (request, reply) => {
      allowOrigin(request, reply, guard.allowedOrigins)
      const arrival: Arrival = { method: request.method, raw: request.raw }
      if (isPreflight(request)) {
        const allowed = await fromWhere.run(arrival, guard)
        if (allowed instanceof Refused) return answerRefusal(request, reply, allowed.refusal)
        return answerPreflight(reply, guard.catalogue.tools.argumentHeaderNames)
      }
      const caller = await fromWhom.run(arrival, guard)
      if (caller instanceof Refused) return answerRefusal(request, reply, caller.refusal)
      identified.set(request, caller)
    },
    handler: async (request, reply) => {
      const caller = identified.get(request)
      if (caller === undefined) throw new Error('A request reached the endpoint without passing the guard.')
      if (guard.sessions !== undefined && (request.method === 'GET' || request.method === 'DELETE')) {
        const own = await forStream.run(caller, guard)
        if (own instanceof Refused) return answerRefusal(request, reply, own.refusal, caller.identity)
        return answerInSession(request, reply, own, parts)
      }
      const decided = await forWhat.run(caller, guard)
      if (decided instanceof Refused) return answerRefusal(request, reply, decided.refusal, caller.identity)
      return answer(request, reply, decided, parts)
    },
  })

  function answerRefusal(
    request: FastifyRequest,
    reply: FastifyReply,
    refusal: Refusal,
    identity?: Identity,
  ): FastifyReply {
    auditRefusal(request.log, refusal, identity)
    const { status, headers, body } = refusalToWire(refusal, guard.configuration)
    return reply.code(status).headers(headers).send(body)
  }
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  decided: Decided,
  { guard, endpoint, inFlight, services, changes, seal }: McpRouteParts,
): Promise<FastifyReply> {
  const audit = new Audit(request.log, decided)
  const controller = new AbortController()
  // A connection that never ends would keep the whole app from closing.
  const end = inFlight.begin(controller, () => reply.raw.destroy())
  const disconnectCancels = decided.era === 'modern'
  reply.raw.once('close', () => {
    if (disconnectCancels && !reply.raw.writableFinished) controller.abort(new Error('The client is gone.'))
  })
  // In a session what was not read is kept: the client may come back for it, and nothing of the answer need be read here.
  const disconnectEnds = disconnectCancels || decided.session !== undefined
  const finished = (status: number): void => {
    end()
    audit.finish(status)
  }
  try {
    // 2025-11-25: a client that goes away has not cancelled, so the SDK does not hear of it.
    const signal = disconnectCancels ? controller.signal : new AbortController().signal
    const response = await respond(
      endpoint,
      webRequest(guard.configuration.resource, request.headers, signal),
      decided,
      {
        id: request.id,
        protocolVersion: decided.protocolVersion,
        grants: decided.grants,
        services,
        changes,
        seal,
        log: request.log,
        audit,
        signal: controller.signal,
        begin: () => inFlight.begin(controller),
      },
    )
    // The SDK's word for an aborted request. Whoever is still there to read it learns that it was not their doing.
    const answered = response.status === 499 ? unavailable() : response
    return await sendResponse(answered, reply, { disconnectEnds, finished: () => finished(response.status) })
  } catch (error) {
    finished(500)
    throw error
  }
}

/** Which part of the endpoint a request is for. */
async function respond(
  endpoint: SdkEndpoint,
  request: Request,
  { era, messages: [message], body, identity, session }: Decided,
  exchange: Exchange,
): Promise<Response> {
  if (session !== undefined) return endpoint.inSession(request, body, exchange, session)
  if (identity === undefined || Array.isArray(body)) return endpoint.answer(request, body, exchange)
  if (era === 'legacy' && message?.method === 'initialize') {
    return endpoint.openSession(request, body, exchange, identity)
  }
  if (era === 'modern' && message?.method === 'subscriptions/listen' && message.id !== undefined) {
    return endpoint.listen(request, body, exchange, identity)
  }
  return endpoint.answer(request, body, exchange)
}

/** Opens the stream of a session, or ends the session. The stream ends with the token that opened it. */
async function answerInSession(
  request: FastifyRequest,
  reply: FastifyReply,
  { method, identity, session }: InSession,
  { guard, inFlight }: McpRouteParts,
): Promise<FastifyReply> {
  const { transport } = session
  const end = inFlight.begin(new AbortController(), () => reply.raw.destroy())
  const expiry = setTimeout(() => transport.closeStandaloneSSEStream(), lasts(identity))
  expiry.unref()
  auditStream(request.log, method, identity)
  const finished = (): void => {
    clearTimeout(expiry)
    end()
  }
  try {
    const { signal } = new AbortController()
    const response = await transport.handleRequest(
      webRequest(guard.configuration.resource, request.headers, signal, method),
    )
    return await sendResponse(response, reply, { disconnectEnds: true, opensQuietly: true, finished })
  } catch (error) {
    finished()
    throw error
  }
}

function unavailable(): Response {
  return Response.json({ error: 'temporarily_unavailable' }, { status: 503, headers: { 'retry-after': RETRY_AFTER } })
}
