import type { Configuration } from '../configuration/configuration.js'
import { quotaHeaders } from '../limits/quota.js'
import type { RequestId } from '../mcp/message.js'
import {
  insufficientScopeChallenge,
  invalidTokenChallenge,
  linkChallenge,
  loginChallenge,
  loginDemandChallenge,
} from './challenge.js'
import type { DenialShape, ResultShape } from './denial-shape.js'
import type { Refusal } from './refusal.js'

/** A refusal as a client sees it. */
export interface WireRefusal {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
}

/** Seconds after which a client may ask again when this server, or the authorization server, cannot answer. */
export const RETRY_AFTER = '5'

/**
 * What a client learns of a refusal. The only function that decides it: a
 * reason without an answer does not compile.
 */
export function refusalToWire(refusal: Refusal, configuration: Configuration): WireRefusal {
  switch (refusal.reason) {
    case 'headers-too-many':
      return plain(431, 'invalid_request')
    case 'host-not-allowed':
      // RFC 9110 section 15.5.20: not a host that this server answers for.
      return plain(421, 'misdirected_request')
    case 'header-name-malformed':
    case 'host-repeated':
      return plain(400, 'invalid_request')
    case 'origin-not-allowed':
      return plain(403, 'origin_not_allowed')
    case 'rate-limited':
      // RFC 6585 section 4. No challenge: another login would not help.
      return plain(429, 'too_many_requests', {
        'retry-after': String(refusal.quota.reset),
        ...quotaHeaders([refusal.quota]),
        'cache-control': 'no-store',
      })
    case 'too-many-at-once':
      return plain(429, 'too_many_requests', { 'retry-after': '1', 'cache-control': 'no-store' })
    case 'token-missing':
    case 'scheme-not-bearer':
      return challenged(401, 'unauthorized', loginChallenge(configuration))
    case 'login-required':
      if (refusal.resultOf) return asResult(refusal.resultOf, 'You have to log in.', linkChallenge(configuration))
      return challenged(401, 'unauthorized', loginChallenge(configuration))
    case 'credentials-repeated':
    case 'token-malformed':
    case 'token-refused':
      return challenged(401, 'invalid_token', invalidTokenChallenge(configuration))
    case 'insufficient-scope':
      return denied(refusal, 403, 'insufficient_scope', insufficientScopeChallenge(configuration, refusal))
    case 'login-too-weak':
      // RFC 9470 section 3: 401, because it is the login that is not enough.
      return denied(refusal, 401, 'insufficient_user_authentication', loginDemandChallenge(configuration, refusal))
    case 'issuer-unavailable':
      // No challenge: the token may be good, and a client that logs in anew would fail the same way.
      return plain(503, 'temporarily_unavailable', { 'retry-after': String(refusal.retryAfter ?? RETRY_AFTER) })
    case 'method-not-allowed':
      return plain(405, 'method_not_allowed', { allow: refusal.allowed.join(', ') })
    case 'content-type-not-json':
      return rpc(415, -32600, 'Content-Type must be application/json')
    case 'content-encoded':
      return rpc(415, -32600, 'Content-Encoding is not supported')
    case 'body-too-large':
      return rpc(413, -32600, `The body is larger than ${refusal.limit} bytes`)
    case 'body-incomplete':
      return rpc(400, -32700, 'Parse error: the body is incomplete')
    case 'body-too-slow':
      // RFC 9110 section 15.5.9: what comes later is not read any more.
      return { ...rpc(408, -32600, 'The body did not arrive in time'), headers: { connection: 'close' } }
    case 'body-not-json':
      return rpc(400, -32700, 'Parse error: the body is not JSON')
    case 'body-too-deep':
      return rpc(400, -32600, `The body nests deeper than ${refusal.limit} levels`)
    case 'body-with-proto':
      return rpc(400, -32600, 'The body has a property named __proto__')
    case 'batch-not-offered':
      return rpc(400, -32600, 'Batches exist only in protocol revision 2025-03-26')
    case 'batch-empty':
      return rpc(400, -32600, 'A batch holds at least one message')
    case 'batch-too-long':
      return rpc(400, -32600, `A batch may hold ${refusal.limit} messages`)
    case 'batch-ambiguous':
      return rpc(400, -32600, 'The ids in a batch must differ, and a batch cannot cancel its own requests')
    case 'answer-unasked':
      return rpc(400, -32600, 'The server sends no requests in this protocol revision')
    case 'message-malformed':
      return rpc(400, -32600, 'Invalid Request', refusal.id)
    case 'header-mismatch':
      // MCP 2026-07-28, Streamable HTTP, server validation.
      return rpc(400, -32020, `The header ${refusal.header} does not say what the body says`, refusal.id)
    case 'method-not-offered':
      return rpc(404, -32601, 'Method not found', refusal.id)
    case 'session-missing':
      return rpc(400, -32000, 'Bad Request: Mcp-Session-Id header is required')
    case 'session-unknown':
      // MCP 2025-11-25, session management: the client starts a new one. Nobody learns of somebody else's.
      return rpc(404, -32001, 'Session not found')
    default:
      return unreachable(refusal)
  }
}

function denied({ resultOf }: DenialShape, status: number, error: string, value: string): WireRefusal {
  return resultOf === undefined
    ? challenged(status, error, value)
    : asResult(resultOf, 'You have to allow more, or log in again.', value)
}

/** The same refusal as the result of the call, with the challenge where ChatGPT looks for it. */
function asResult({ id, era }: ResultShape, text: string, value: string): WireRefusal {
  const result = { content: [{ type: 'text', text }], isError: true, _meta: { 'mcp/www_authenticate': [value] } }
  const body = { result: { ...(era === 'modern' ? { resultType: 'complete' } : {}), ...result }, jsonrpc: '2.0', id }
  return { status: 200, headers: {}, body }
}

function plain(status: number, error: string, headers: Readonly<Record<string, string>> = {}): WireRefusal {
  return { status, headers, body: { error } }
}

function challenged(status: number, error: string, wwwAuthenticate: string): WireRefusal {
  return plain(status, error, { 'www-authenticate': wwwAuthenticate, 'cache-control': 'no-store' })
}

function rpc(status: number, code: number, message: string, id: RequestId | null = null): WireRefusal {
  return { status, headers: {}, body: { jsonrpc: '2.0', error: { code, message }, id } }
}

function unreachable(refusal: never): never {
  throw new TypeError(`A refusal without an answer: ${JSON.stringify(refusal)}`)
}
