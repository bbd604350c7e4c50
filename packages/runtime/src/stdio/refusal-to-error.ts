import type { Refusal } from '../guard/refusal.js'

/** The error member of a JSON-RPC response. */
export interface RpcError {
  readonly code: number
  readonly message: string
  readonly data?: Readonly<Record<string, unknown>>
}

/**
 * What a client on stdio learns of a refusal. Where HTTP has a status and a challenge, which stdio has not, the code is
 * that status: outside of what JSON-RPC and MCP keep for themselves, and nobody takes it for a mistake in the request.
 */
export function refusalToError(refusal: Refusal): RpcError {
  switch (refusal.reason) {
    case 'login-required':
      return denied(401, 'login_required', 'This is not public. Start the server with MCP_STDIO_SUBJECT.')
    case 'insufficient-scope': {
      const missing = refusal.missing.join(' ')
      return denied(403, 'insufficient_scope', `Start the server with these in MCP_STDIO_SCOPES: ${missing}`, {
        scope: refusal.needed.join(' '),
        missing,
      })
    }
    case 'login-too-weak':
      // RFC 9470: nobody logged in, so nothing is known of how and when.
      return denied(401, 'insufficient_user_authentication', 'This asks for a login, which there is only over HTTP.')
    case 'rate-limited':
      return denied(429, 'too_many_requests', 'Too many requests', { retryAfter: refusal.quota.reset })
    case 'too-many-at-once':
      return denied(429, 'too_many_requests', `Only ${refusal.limit} requests are answered at the same time`)
    case 'body-too-large':
      return { code: -32600, message: `The line is longer than ${refusal.limit} bytes` }
    case 'body-incomplete':
      return { code: -32700, message: 'Parse error: the line has no end' }
    case 'body-not-json':
      return { code: -32700, message: 'Parse error: the line is not JSON' }
    case 'body-too-deep':
      return { code: -32600, message: `The message nests deeper than ${refusal.limit} levels` }
    case 'body-with-proto':
      return { code: -32600, message: 'The message has a property named __proto__' }
    case 'batch-not-offered':
      return { code: -32600, message: 'Batches exist only in protocol revision 2025-03-26, and without initialize' }
    case 'batch-empty':
      return { code: -32600, message: 'A batch holds at least one message' }
    case 'batch-too-long':
      return { code: -32600, message: `A batch may hold ${refusal.limit} messages` }
    case 'batch-ambiguous':
      return { code: -32600, message: 'The ids in a batch must differ, and a batch cannot cancel its own requests' }
    case 'message-malformed':
      return { code: -32600, message: 'Invalid Request' }
    case 'method-not-offered':
      return { code: -32601, message: 'Method not found' }
    case 'headers-too-many':
    case 'host-not-allowed':
    case 'host-repeated':
    case 'origin-not-allowed':
    case 'token-missing':
    case 'scheme-not-bearer':
    case 'credentials-repeated':
    case 'token-malformed':
    case 'token-refused':
    case 'issuer-unavailable':
    case 'method-not-allowed':
    case 'content-type-not-json':
    case 'content-encoded':
    case 'body-too-slow':
    case 'session-missing':
    case 'session-unknown':
    case 'header-mismatch':
    case 'answer-unasked':
      // About HTTP: no rule for messages says so.
      return { code: -32603, message: 'Internal error' }
    default:
      return unreachable(refusal)
  }
}

function denied(code: number, error: string, message: string, more: Readonly<Record<string, unknown>> = {}): RpcError {
  return { code, message, data: { error, ...more } }
}

function unreachable(refusal: never): never {
  throw new TypeError(`A refusal without an answer: ${JSON.stringify(refusal)}`)
}
