import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AuditTrail } from '../audit/audit-trail.js'
import type { Changes } from '../definition.js'
import { Audit, type AuditedRequest, auditRefusal, auditStream, type Outcome } from '../guard/audit.js'
import { readsResults } from '../guard/denial-shape.js'
import type { Guard } from '../guard/guard.js'
import { forStream, forWhat, fromWhere, fromWhom, howOften } from '../guard/pipeline.js'
import { type Refusal, Refused } from '../guard/refusal.js'
import { RETRY_AFTER, refusalToWire } from '../guard/refusal-to-wire.js'
import type { Arrival, Decided, Identified, InSession } from '../guard/states.js'
import { callerKey, UNIX_SOCKET } from '../limits/limit-key.js'
import { secondsFor } from '../limits/limit-numbers.js'
import { Place } from '../limits/place.js'
import { quotaHeaders } from '../limits/quota.js'
import type { StateSeal } from '../mcp/ask/state-seal.js'
import type { Exchange } from '../mcp/exchange.js'
import type { InFlight } from '../mcp/in-flight.js'
import type { CompiledLane } from '../mcp/lanes/compiled-lane.js'
import type { SdkEndpoint } from '../mcp/sdk-endpoint.js'
import { sendResponse, sendWhole } from '../mcp/send-response.js'
import { lasts } from '../mcp/subscriptions/lasts.js'
import { webRequest } from '../mcp/web-request.js'
import type { Metrics } from '../telemetry/metrics.js'
import { traceOfRequest } from '../telemetry/trace-context.js'
import type { Identity } from '../token/identity.js'
import { answerError } from './answer-error.js'
import { systemClock } from './clock.js'
import { allowOrigin, answerPreflight, isPreflight } from './cors.js'
import { dropSlowReader } from './drop-slow-reader.js'
import { endWithToken } from './end-with-token.js'
import { requestSerializer } from './logging.js'

/** What the MCP route works with, made once at boot. */
export interface McpRouteParts {
  readonly guard: Guard
  readonly endpoint: SdkEndpoint
  /** Nothing, if a test wants every answer from the SDK. */
  readonly compiled: CompiledLane | undefined
  readonly inFlight: InFlight
  readonly services: unknown
  readonly changes: Changes
  readonly seal: StateSeal
  readonly trail: AuditTrail
  readonly metrics: Metrics | undefined
}

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
        return await answer(request, reply, { decided, place, out, audited }, parts)
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

/** Bytes of changes that one stream may leave unread: some thousands. */
const MOST_UNREAD = 1024 * 1024
/** The same of the stream of a session, which may begin with all that the session has kept. */
const MOST_REPLAYED = 4 * 1024 * 1024

interface ToAnswer {
  readonly decided: Decided
  readonly place: Place
  /** Gives up the place before the answer has ended. */
  readonly out: () => void
  readonly audited: AuditedRequest
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  { decided, place, out, audited }: ToAnswer,
  { guard, endpoint, compiled, inFlight, services, changes, seal, metrics }: McpRouteParts,
): Promise<FastifyReply> {
  const audit = new Audit(audited, decided, guard.configuration)
  const controller = new AbortController()
  const leave = place.take()
  const counted = metrics?.began() ?? ((): void => {})
  // A connection that never ends would keep the whole app from closing.
  const end = inFlight.begin(controller, () => reply.raw.destroy())
  const disconnectCancels = decided.era === 'modern'
  reply.raw.once('close', () => {
    if (disconnectCancels && !reply.raw.writableFinished) controller.abort(new Error('The client is gone.'))
  })
  // In a session what was not read is kept: the client may come back for it, and nothing of the answer need be read here.
  const disconnectEnds = disconnectCancels || decided.session !== undefined
  let ended: Outcome | undefined
  const expired = (): void => {
    ended = 'token-expired'
    // In a session the work goes on: the client may come back for its result, with another token.
    if (decided.session === undefined) controller.abort(new Error('The access token has expired.'))
  }
  const finished = (status: number): void => {
    end()
    whenRead(reply, leave)
    counted()
    audit.finish(status, ended)
  }
  try {
    // 2025-11-25: a client that goes away has not cancelled, so the SDK does not hear of it.
    const signal = disconnectCancels ? controller.signal : new AbortController().signal
    const exchange: Exchange = {
      id: request.id,
      protocolVersion: decided.protocolVersion,
      era: decided.era,
      identity: decided.identity,
      grants: decided.grants,
      readsResults: readsResults(decided, guard.configuration.denials),
      tokenExchange: guard.tokenExchange,
      services,
      changes,
      seal,
      log: request.log,
      audit,
      signal: controller.signal,
      secondsFor: (item) => secondsFor(item, guard.configuration),
      begin: () => {
        const endHandler = inFlight.begin(controller)
        const outOfHandler = place.take()
        return () => {
          endHandler()
          outOfHandler()
        }
      },
    }
    const plain = compiled?.takes(decided)
    const response =
      compiled !== undefined && plain !== undefined
        ? await compiled.answer(plain, exchange)
        : await respond(endpoint, webRequest(guard.configuration.resource, request.headers, signal), decided, exchange)
    const delivery = { disconnectEnds, finished: () => finished(response.status) }
    if (!(response instanceof Response)) return sendWhole(response, reply, delivery)
    // The SDK's word for an aborted request. Whoever is still there to read it learns that it was not their doing.
    const answered = response.status === 499 ? unavailable() : response
    // A stream of changes is no work in hand: it ends by itself, and how many a caller may have is limited of its own.
    const isLasting = isStreamOfChanges(decided)
    if (isLasting) {
      out()
      leave()
    }
    const bounded = isLasting
      ? dropSlowReader(answered, MOST_UNREAD, () => reply.raw.destroy())
      : endWithToken(answered, decided.identity, systemClock, expired)
    return await sendResponse(bounded, reply, delivery)
  } catch (error) {
    finished(500)
    throw error
  }
}

/** Calls back when an answer lies here no more: its client has taken it, or is gone. */
function whenRead({ raw }: FastifyReply, then: () => void): void {
  if (raw.writableFinished || raw.destroyed) then()
  else raw.once('finish', then).once('close', then)
}

/** Which part of the SDK's endpoint a request is for. */
async function respond(
  endpoint: SdkEndpoint,
  request: Request,
  decided: Decided,
  exchange: Exchange,
): Promise<Response> {
  const {
    era,
    messages: [message],
    body,
    identity,
    session,
  } = decided
  if (session !== undefined) return endpoint.inSession(request, body, exchange, session)
  if (identity === undefined || Array.isArray(body)) return endpoint.answer(request, body, exchange)
  if (era === 'legacy' && message?.method === 'initialize') {
    return endpoint.openSession(request, body, exchange, identity)
  }
  if (isStreamOfChanges(decided)) {
    return endpoint.listen(request, body, exchange, identity)
  }
  return endpoint.answer(request, body, exchange)
}

function isStreamOfChanges({ era, messages: [message], body }: Decided): boolean {
  const isOne = era === 'modern' && !Array.isArray(body)
  return isOne && message?.method === 'subscriptions/listen' && message.id !== undefined
}

interface ToAnswerInSession {
  readonly own: InSession
  readonly out: () => void
  readonly audited: AuditedRequest
}

/** Opens the stream of a session, or ends the session. The stream ends with the token that opened it. */
async function answerInSession(
  request: FastifyRequest,
  reply: FastifyReply,
  { own: { method, identity, session }, out, audited }: ToAnswerInSession,
  { guard, inFlight }: McpRouteParts,
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

function unavailable(): Response {
  return Response.json({ error: 'temporarily_unavailable' }, { status: 503, headers: { 'retry-after': RETRY_AFTER } })
}
