import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Audit, auditRefusal } from '../guard/audit.js'
import { readsResults } from '../guard/denial-shape.js'
import type { Guard } from '../guard/guard.js'
import { forWhat, fromWhere, fromWhom } from '../guard/pipeline.js'
import { type Refusal, Refused } from '../guard/refusal.js'
import { RETRY_AFTER, refusalToWire } from '../guard/refusal-to-wire.js'
import type { Arrival, Decided, Identified } from '../guard/states.js'
import type { InFlight } from '../mcp/in-flight.js'
import type { SdkEndpoint } from '../mcp/sdk-endpoint.js'
import { sendResponse } from '../mcp/send-response.js'
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
        return answerPreflight(request, reply, guard.catalogue.tools.argumentHeaderNames)
      }
      const caller = await fromWhom.run(arrival, guard)
      if (caller instanceof Refused) return answerRefusal(request, reply, caller.refusal)
      identified.set(request, caller)
    },
    handler: async (request, reply) => {
      const caller = identified.get(request)
      if (caller === undefined) throw new Error('A request reached the endpoint without passing the guard.')
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
  { guard, endpoint, inFlight, services }: McpRouteParts,
): Promise<FastifyReply> {
  const audit = new Audit(request.log, decided)
  const controller = new AbortController()
  // A connection that never ends would keep the whole app from closing.
  const end = inFlight.begin(controller, () => reply.raw.destroy())
  const disconnectCancels = decided.era === 'modern'
  reply.raw.once('close', () => {
    if (disconnectCancels && !reply.raw.writableFinished) controller.abort(new Error('The client is gone.'))
  })
  const finished = (status: number): void => {
    end()
    audit.finish(status)
  }
  try {
    // 2025-11-25: a client that goes away has not cancelled, so the SDK does not hear of it.
    const signal = disconnectCancels ? controller.signal : new AbortController().signal
    const response = await endpoint.answer(
      webRequest(guard.configuration.resource, request.headers, signal),
      decided.body,
      {
        id: request.id,
        protocolVersion: decided.protocolVersion,
        grants: decided.grants,
        readsResults: readsResults(decided),
        services,
        log: request.log,
        audit,
        signal: controller.signal,
        begin: () => inFlight.begin(controller),
      },
    )
    // The SDK's word for an aborted request. Whoever is still there to read it learns that it was not their doing.
    const answered = response.status === 499 ? unavailable() : response
    return await sendResponse(answered, reply, { disconnectCancels, finished: () => finished(response.status) })
  } catch (error) {
    finished(500)
    throw error
  }
}

function unavailable(): Response {
  return Response.json({ error: 'temporarily_unavailable' }, { status: 503, headers: { 'retry-after': RETRY_AFTER } })
}
