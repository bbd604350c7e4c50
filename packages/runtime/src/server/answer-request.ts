import type { FastifyReply, FastifyRequest } from 'fastify'
import { Audit, type AuditedRequest } from '../guard/audit.js'
import { readsResults } from '../guard/denial-shape.js'
import { RETRY_AFTER } from '../guard/refusal-to-wire.js'
import type { Decided } from '../guard/states.js'
import { secondsFor } from '../limits/limit-numbers.js'
import type { Place } from '../limits/place.js'
import { beginHandler } from '../mcp/begin-handler.js'
import type { Exchange } from '../mcp/exchange.js'
import type { WholeAnswer } from '../mcp/lanes/whole-answer.js'
import { sendResponse, sendWhole } from '../mcp/send-response.js'
import { webRequest } from '../mcp/web-request.js'
import { systemClock } from './clock.js'
import { dropSlowReader } from './drop-slow-reader.js'
import { endWithToken } from './end-with-token.js'
import type { McpRouteParts } from './mcp-route-parts.js'
import { beginLife, type RequestLife } from './request-life.js'

/** Bytes of changes that one stream may leave unread: some thousands. */
const MOST_UNREAD = 1024 * 1024

interface ToAnswer {
  readonly decided: Decided
  readonly place: Place
  /** Gives up the place before the answer has ended. */
  readonly out: () => void
  readonly audited: AuditedRequest
}

/** Answers a request that the guard let through, on the lane that it is for. */
export async function answerRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  { decided, place, out, audited }: ToAnswer,
  parts: McpRouteParts,
): Promise<FastifyReply> {
  const audit = new Audit(audited, decided, parts.guard.configuration)
  const life = beginLife(reply, { decided, place, audit }, parts)
  try {
    const response = await respond(request, { decided, place, audit, life }, parts)
    const delivery = { disconnectEnds: life.disconnectEnds, finished: () => life.finished(response.status) }
    if (!(response instanceof Response)) return sendWhole(response, reply, delivery)
    // The SDK's word for an aborted request. Whoever is still there to read it learns that it was not their doing.
    const answered = response.status === 499 ? unavailable() : response
    // A stream of changes is no work in hand: it ends by itself, and how many a caller may have is limited of its own.
    const isLasting = isStreamOfChanges(decided)
    if (isLasting) {
      out()
      life.leave()
    }
    const bounded = isLasting
      ? dropSlowReader(answered, MOST_UNREAD, () => reply.raw.destroy())
      : endWithToken(answered, decided.identity, systemClock, () => life.expired())
    return await sendResponse(bounded, reply, delivery)
  } catch (error) {
    life.finished(500)
    throw error
  }
}

interface InHand {
  readonly decided: Decided
  readonly place: Place
  readonly audit: Audit
  readonly life: RequestLife
}

/** By the compiled lane what is for it, everything else by the SDK. */
async function respond(request: FastifyRequest, inHand: InHand, parts: McpRouteParts): Promise<WholeAnswer | Response> {
  const { guard, compiled } = parts
  const { decided, life } = inHand
  const exchange = exchangeOf(request, inHand, parts)
  const plain = compiled?.takes(decided)
  if (compiled !== undefined && plain !== undefined) return compiled.answer(plain, exchange)
  const asked = webRequest(guard.configuration.resource, request.headers, life.signalForSdk)
  return respondBySdk(asked, decided, exchange, parts)
}

/** What answering may use. */
function exchangeOf(
  { id, log }: FastifyRequest,
  { decided, place, audit, life: { controller } }: InHand,
  { guard, inFlight, services, changes, seal }: McpRouteParts,
): Exchange {
  const { protocolVersion, era, identity, grants } = decided
  return {
    ...{ id, log, protocolVersion, era, identity, grants, services, changes, seal, audit },
    readsResults: readsResults(decided, guard.configuration.denials),
    tokenExchange: guard.tokenExchange,
    signal: controller.signal,
    secondsFor: (item) => secondsFor(item, guard.configuration),
    begin: () => beginHandler(inFlight, controller, place),
  }
}

/** Which part of the SDK's endpoint a request is for. */
async function respondBySdk(
  request: Request,
  decided: Decided,
  exchange: Exchange,
  { endpoint }: Pick<McpRouteParts, 'endpoint'>,
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

function unavailable(): Response {
  return Response.json({ error: 'temporarily_unavailable' }, { status: 503, headers: { 'retry-after': RETRY_AFTER } })
}
