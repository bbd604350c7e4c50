import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AuditTrail } from '../audit/audit-trail.js'
import { type AuditedRequest, auditRefusal } from '../guard/audit.js'
import { forStream, forWhat, fromWhere, fromWhom, howOften } from '../guard/pipeline.js'
import { type Refusal, Refused } from '../guard/refusal.js'
import { refusalToWire } from '../guard/refusal-to-wire.js'
import type { Arrival, Identified } from '../guard/states.js'
import { callerKey, UNIX_SOCKET } from '../limits/limit-key.js'
import { Place } from '../limits/place.js'
import { quotaHeaders } from '../limits/quota.js'
import { traceOfRequest } from '../telemetry/trace-context.js'
import type { Identity } from '../token/identity.js'
import { answerError } from './answer-error.js'
import { answerInSession } from './answer-in-session.js'
import { answerRequest } from './answer-request.js'
import { allowOrigin, answerPreflight, isPreflight } from './cors.js'
import { requestSerializer } from './logging.js'
import type { McpRouteParts } from './mcp-route-parts.js'

/** Serves the MCP endpoint: every HTTP method on its path goes through the guard. */
export function serveMcp(instance: FastifyInstance, parts: McpRouteParts): void {
  const { guard, trail } = parts
  const noticeProxy = proxyNotice(instance)
  const identified = new WeakMap<FastifyRequest, Identified>()
  // The body stays unread until the caller is known: Fastify's parsers are not asked.
  instance.removeAllContentTypeParsers()
  instance.addContentTypeParser('*', (_request, payload, done) => done(null, payload))

  instance.all(new URL(guard.configuration.resource).pathname, {
    logSerializers: { req: requestSerializer },
    errorHandler: (error: FastifyError, request, reply) => {
      if (!NO_MEDIA_TYPE.has(error.code)) return answerError(error, request, reply)
      return answerRefusal(request, reply, { reason: 'content-type-not-json' }, identified.get(request)?.identity)
    },
    onRequest: async (request, reply) => {
      allowOrigin(request, reply, guard.allowedOrigins)
      noticeProxy(request)
      const arrival: Arrival = { method: request.method, raw: request.raw, address: addressOf(request) }
      if (isPreflight(request)) {
        const allowed = await fromWhere.run(arrival, guard)
        if (allowed instanceof Refused) return answerRefusal(request, reply, allowed.refusal)
        return answerPreflight(request, reply, guard.catalogue.tools.argumentHeaderNames)
      }
      const known = await fromWhom.run(arrival, guard)
      if (known instanceof Refused) return answerRefusal(request, reply, known.refusal)
      const caller = await howOften.run(known, guard)
      if (caller instanceof Refused) return answerRefusal(request, reply, caller.refusal, known.identity)
      identified.set(request, caller)
      reply.headers(quotaHeaders(caller.quotas))
    },
    handler: async (request, reply) => {
      const caller = identified.get(request)
      if (caller === undefined) throw new Error('A request reached the endpoint without passing the guard.')
      const key = callerKey(caller.identity, caller.address)
      const leave = key === undefined ? () => {} : guard.limits.concurrency.enter(key)
      if (leave === undefined) {
        const limit = guard.configuration.limits.concurrentPerSubject
        return answerRefusal(request, reply, { reason: 'too-many-at-once', limit }, caller.identity)
      }
      const place = new Place(() => {
        leave()
        if (caller.identity !== undefined) guard.tokenExchange?.forget(caller.identity)
      })
      const out = place.take()
      const audited = auditedRequest(request, reply, trail)
      try {
        if (guard.sessions !== undefined && (request.method === 'GET' || request.method === 'DELETE')) {
          const own = await forStream.run(caller, guard)
          if (own instanceof Refused) return answerRefusal(request, reply, own.refusal, caller.identity)
          return await answerInSession(request, reply, { own, out, audited }, parts)
        }
        const decided = await forWhat.run(caller, guard)
        if (decided instanceof Refused) return answerRefusal(request, reply, decided.refusal, caller.identity)
        reply.headers(quotaHeaders(decided.quotas))
        return await answerRequest(request, reply, { decided, place, out, audited }, parts)
      } finally {
        out()
      }
    },
  })

  function answerRefusal(
    request: FastifyRequest,
    reply: FastifyReply,
    refusal: Refusal,
    identity?: Identity,
  ): FastifyReply {
    auditRefusal(auditedRequest(request, reply, trail), refusal, identity)
    const { status, headers, body } = refusalToWire(refusal, guard.configuration)
    return reply.code(status).headers(headers).send(body)
  }
}

/** Fastify looks at the header before any rule can, and refuses what is no media type at all. */
const NO_MEDIA_TYPE: ReadonlySet<string> = new Set([
  'FST_ERR_CTP_INVALID_MEDIA_TYPE',
  'FST_ERR_ROUTE_MISSING_CONTENT_TYPE',
])

/** Says once that a proxy seems to be in front of which nobody said so: all that come through it are one address. */
function proxyNotice({ log }: FastifyInstance): (request: FastifyRequest) => void {
  let noticed = false
  return ({ headers, ips }) => {
    // Fastify has a list only where a proxy is declared.
    if (noticed || ips !== undefined || headers['x-forwarded-for'] === undefined) return
    noticed = true
    log.warn(
      'requests carry X-Forwarded-For, and no proxy is declared: set TRUST_PROXY, or limits by address see the proxy alone',
    )
  }
}

/** Fastify's type does not say so, but a connection that has no address, or is gone, has none. */
function addressOf({ ip }: { readonly ip: string | undefined }): string {
  return ip ?? UNIX_SOCKET
}

function auditedRequest(request: FastifyRequest, reply: FastifyReply, trail: AuditTrail): AuditedRequest {
  const { id, log } = request
  return {
    id,
    log,
    trail,
    address: addressOf(request),
    elapsed: () => reply.elapsedTime,
    trace: traceOfRequest(request.headers),
  }
}
