import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Answer } from '../../../dist/doctor/ask.js'
import { type Certificate, publicJwk } from './certificate.js'

export interface Route {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly json?: unknown
  readonly text?: string
  /** `headers`: it stops after these; `silent`: it says nothing at all. */
  readonly stops?: 'headers' | 'silent'
}

/** By path, or by method and path. */
export type Routes = Record<string, Route>

export interface StandIn {
  readonly origin: string
  readonly url: string
  readonly issuer: string
  /** What was asked, in order. */
  readonly requests: readonly Pick<IncomingMessage, 'method' | 'url' | 'headers'>[]
}

export const METADATA = '/.well-known/oauth-protected-resource/mcp'
export const ROOT_METADATA = '/.well-known/oauth-protected-resource'
export const ISSUER_METADATA = '/.well-known/oauth-authorization-server/as'

const started: (() => Promise<unknown>)[] = []

/** Stops every one that was started since. */
export async function stopStandIns(): Promise<void> {
  await Promise.all(started.splice(0).map((stop) => stop()))
}

/** A server and its authorization server at one port, in which nothing is wrong but what a test changes. */
export async function standIn(change: (routes: Routes, at: Places) => void, tls?: Certificate): Promise<StandIn> {
  const requests: StandIn['requests'][number][] = []
  let routes: Routes = {}
  const answer: RequestListener = (request, response) => {
    requests.push({ method: request.method, url: request.url, headers: request.headers })
    const path = request.url ?? ''
    respond(routes[`${request.method} ${path}`] ?? routes[path] ?? { status: 404 }, response)
  }
  const server = tls === undefined ? createServer(answer) : createSecureServer(tls, answer)
  server.listen(0, 'localhost')
  await once(server, 'listening')
  started.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  const origin = `${tls === undefined ? 'http' : 'https'}://localhost:${(server.address() as AddressInfo).port}`
  const at = { origin, url: `${origin}/mcp`, issuer: `${origin}/as` }
  routes = inOrder(at)
  change(routes, at)
  return { ...at, requests }
}

export type Places = Pick<StandIn, 'origin' | 'url' | 'issuer'>

/** The members of a document, to be changed. */
export function documentAt(routes: Routes, path: string): Record<string, unknown> {
  return routes[path]?.json as Record<string, unknown>
}

/** An answer as a check sees it. */
export function answer(changed: Partial<Answer> = {}): Answer {
  return {
    kind: 'answer',
    method: 'POST',
    url: 'https://notes.example.com/mcp',
    status: 401,
    location: null,
    challenges: [],
    aheadMs: 0,
    certifiedUntil: null,
    body: null,
    ...changed,
  }
}

function inOrder({ origin, url, issuer }: Places): Routes {
  const challenge = `Bearer resource_metadata="${origin}${METADATA}", scope="read"`
  const resource = { resource: url, authorization_servers: [issuer], scopes_supported: ['read'] }
  return {
    '/mcp': { status: 401, headers: { 'www-authenticate': challenge }, json: { error: 'unauthorized' } },
    [METADATA]: { json: resource },
    [ROOT_METADATA]: { json: { ...resource } },
    [ISSUER_METADATA]: {
      json: {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        registration_endpoint: `${issuer}/register`,
        jwks_uri: `${issuer}/jwks`,
        scopes_supported: ['read', 'offline_access'],
        code_challenge_methods_supported: ['S256'],
        token_endpoint_auth_methods_supported: ['none'],
        client_id_metadata_document_supported: true,
      },
    },
    '/as/jwks': { json: { keys: [publicJwk()] } },
  }
}

function respond({ status = 200, headers = {}, json, text, stops }: Route, response: ServerResponse): void {
  if (stops === 'silent') return
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response.statusCode = status
  if (stops === 'headers') {
    response.write('{"resource":')
    return
  }
  response.end(json === undefined ? text : JSON.stringify(json))
}
