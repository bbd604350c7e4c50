import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger } from 'fastify'
import { declaredScopes, splitScope } from '../provider/requested-scope.js'
import { normaliseAuthorizationRequest, type RequestRules } from './authorization-request.js'
import { readBody, withBody } from './body.js'
import { providerPath } from './provider-routes.js'
import { normaliseRegistration } from './registration-request.js'
import { normaliseTokenRequest } from './token-request.js'

export interface GateParts {
  readonly rules: RequestRules
  /** The issuer's path, without a slash at the end; empty for an origin. */
  readonly base: string
  readonly log: FastifyBaseLogger
  /** oidc-provider as a Node request listener. */
  readonly provider: (request: IncomingMessage, response: ServerResponse) => unknown
  /** Notes which scope a registration asked for, by the request that the provider sees. */
  readonly registrationScopes: WeakMap<IncomingMessage, string>
}

type Next = (error?: Error) => void

/**
 * Hands the provider its requests, in the form that it understands: as clients
 * meant them. All others go on to the pages.
 */
export function providerGate(
  parts: GateParts,
): (request: IncomingMessage, response: ServerResponse, next: Next) => void {
  return (request, response, next) => {
    const method = request.method ?? ''
    const { path, query } = split(request.url ?? '/')
    if (path === `${parts.base}/reg` && method === 'OPTIONS') return allowRegistration(response)
    const own = providerPath(method, path, parts.base)
    if (own === undefined) return next()
    pass(parts, request, response, own, query).catch(next)
  }
}

async function pass(
  parts: GateParts,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  query: string,
): Promise<void> {
  if (path === '/auth') {
    const normalised = normaliseAuthorizationRequest(new URLSearchParams(query), parts.rules)
    return forward(parts, request, response, `${path}?${normalised}`)
  }
  if (path === '/reg') return register(parts, request, response)
  if (path === '/token') return token(parts, request, response)
  return forward(parts, request, response, query === '' ? path : `${path}?${query}`)
}

/** The provider finds the part of the path that is not its own by comparing these two. */
function forward(parts: GateParts, request: IncomingMessage, response: ServerResponse, url: string): void {
  request.url = url
  Object.assign(request, { originalUrl: `${parts.base}${url}` })
  parts.provider(request, response)
}

async function token(parts: GateParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Another content type is refused by the provider, which says which one it wants.
  if (!mediaType(request).includes('application/x-www-form-urlencoded'))
    return forward(parts, request, response, '/token')
  const body = await readBody(request)
  if (!body) return tooLarge(response)
  const form = normaliseTokenRequest(new URLSearchParams(body.toString()), parts.rules)
  return forward(parts, withBody(request, form.toString()), response, '/token')
}

async function register(parts: GateParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // No cookie is read here, so any page may register (OAuth 2.1 section 3.2; browser clients need it).
  response.setHeader('access-control-allow-origin', '*')
  if (!mediaType(request).includes('application/json')) {
    return refuse(parts, response, 'invalid_client_metadata', 'the body must be application/json')
  }
  const body = await readBody(request)
  if (!body) return tooLarge(response)
  const given = parse(body)
  const result = normaliseRegistration(given)
  if ('error' in result) return refuse(parts, response, result.error, result.description)
  const normalised = withBody(request, JSON.stringify(result.metadata))
  const scope = typeof given === 'object' && given !== null && 'scope' in given ? given.scope : undefined
  const declared = declaredScopes(splitScope(typeof scope === 'string' ? scope : ''), parts.rules.scopes)
  if (declared.length > 0) parts.registrationScopes.set(normalised, declared.join(' '))
  return forward(parts, normalised, response, '/reg')
}

function allowRegistration(response: ServerResponse): void {
  response.writeHead(204, {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'content-type, accept, authorization, mcp-protocol-version',
    'access-control-max-age': '3600',
  })
  response.end()
}

function refuse(parts: GateParts, response: ServerResponse, error: string, description: string): void {
  parts.log.warn({ event: 'refusal', what: 'registration', reason: error }, `Refused a registration: ${description}`)
  send(response, 400, { error, error_description: description })
}

function tooLarge(response: ServerResponse): void {
  send(response, 413, { error: 'invalid_request', error_description: 'the body is larger than 56 kB' })
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return undefined
  }
}

function mediaType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '').toLowerCase()
}

function split(url: string): { readonly path: string; readonly query: string } {
  const at = url.indexOf('?')
  return at === -1 ? { path: url, query: '' } : { path: url.slice(0, at), query: url.slice(at + 1) }
}
