import type { FastifyReply, FastifyRequest } from 'fastify'
import { type AllowedOrigins, isAllowedOrigin } from '../guard/check-origin.js'

const ALLOWED_HEADERS = [
  'Authorization',
  'Content-Type',
  'Accept',
  'MCP-Protocol-Version',
  'Mcp-Method',
  'Mcp-Name',
  'Mcp-Session-Id',
  'Last-Event-ID',
]

/** RFC 9110 section 5.6.2; what a client may repeat an argument in. */
const ARGUMENT_HEADER = /^mcp-param-[!#$%&'*+\-.^_`|~0-9a-z]+$/

/** Lets pages of an allowed origin read answers of the MCP endpoint. Never `*`, and never with cookies. */
export function allowOrigin(request: FastifyRequest, reply: FastifyReply, allowed: AllowedOrigins): void {
  reply.header('vary', 'Origin')
  const { origin } = request.headers
  if (origin === undefined || !isAllowedOrigin(origin, allowed)) return
  reply.header('access-control-allow-origin', origin)
  // Without these a page could not find out where to log in.
  reply.header(
    'access-control-expose-headers',
    'WWW-Authenticate, Mcp-Session-Id, Retry-After, RateLimit, RateLimit-Policy',
  )
}

/** A browser asks before it sends a token: it has none to show yet (Fetch standard, CORS-preflight request). */
export function isPreflight(request: FastifyRequest): boolean {
  const { headers, method } = request
  return method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined
}

/**
 * A page repeats arguments in headers as well, each of which has to be allowed by
 * its name. Those that it asks for are allowed whether there are such or not:
 * which arguments a hidden tool has is not told to who has not logged in.
 */
export function answerPreflight(
  request: FastifyRequest,
  reply: FastifyReply,
  argumentHeaders: readonly string[],
): FastifyReply {
  const asked = String(request.headers['access-control-request-headers'] ?? '').toLowerCase()
  const repeated = asked.split(',').map((name) => name.trim())
  const parameters = repeated.filter((name) => ARGUMENT_HEADER.test(name))
  return (
    reply
      .code(204)
      // Where there are no sessions, GET and DELETE are answered with 405, which a page may see as well.
      .header('access-control-allow-methods', 'POST, GET, DELETE')
      .header(
        'access-control-allow-headers',
        [...ALLOWED_HEADERS, ...new Set([...argumentHeaders, ...parameters])].join(', '),
      )
      .header('access-control-max-age', '7200')
      .send()
  )
}
