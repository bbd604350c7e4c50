import { randomUUID } from 'node:crypto'
import type { Client } from 'oidc-provider'
import { SpecialUseAddressError } from './public-fetch.js'
import { redirectKind } from './redirect-uri.js'

/** The member that marks a stand-in. */
export const UNVERIFIED = 'mcp_unverified'

/** Its value. A document may name the member, and cannot know what this process has written there. */
const mark: string = randomUUID()

/** Whether nothing but the address of this client is known. */
export function isStandIn(client: Client): boolean {
  return client[UNVERIFIED] === mark
}

/** How long an unreachable network is believed to stay so, outside of a new login. Milliseconds. */
const MEMORY = 10 * 60 * 1000

/** How many unreachable addresses are remembered; strangers choose them. */
const MOST = 1000

/** What of the request at hand decides whether a stand-in will do. */
export interface DocumentRequest {
  /** Whether a login begins here: the only place where a redirect URI is chosen. */
  readonly beginsLogin: boolean
  readonly redirectUri: string | undefined
  /** The client that the request names; what else is fetched on its behalf is no document. */
  readonly clientId: string | undefined
}

/**
 * Client id metadata documents on a computer that may be offline. The real
 * document is fetched whenever it can be. When the network does not let it, a
 * stand-in takes its place that claims nothing: the name is the host, marked as
 * not verified, and the answer may go to a program on this computer only, which
 * is where an offline login can come from. A document that was found and is
 * wrong, and an address that must not be asked, are never stood in for.
 *
 * docs/decisions/auth-server-offline-documents.md
 */
export class ClientDocuments {
  readonly #fetch: typeof globalThis.fetch
  readonly #unreachable = new Map<string, number>()
  readonly #now: () => number

  constructor(fetch: typeof globalThis.fetch, now: () => number = Date.now) {
    this.#fetch = fetch
    this.#now = now
  }

  async get(url: string, init: RequestInit, request: DocumentRequest): Promise<Response> {
    // The steps after the first one of a login, and every check of its tokens, would otherwise wait for the network again.
    if (!request.beginsLogin && (this.#unreachable.get(url) ?? 0) > this.#now()) return standIn(url, undefined)
    try {
      const response = await this.#fetch(url, init)
      this.#unreachable.delete(url)
      if (request.beginsLogin && url === request.clientId) checkMediaType(response)
      return response
    } catch (error) {
      if (!isNetworkFailure(error)) throw error
      if (request.beginsLogin && !mayStandIn(url, request)) throw error
      this.#remember(url)
      return standIn(url, request.redirectUri)
    }
  }

  #remember(url: string): void {
    const now = this.#now()
    for (const [known, until] of this.#unreachable) {
      if (until <= now || this.#unreachable.size >= MOST) this.#unreachable.delete(known)
    }
    this.#unreachable.set(url, now + MEMORY)
  }
}

function mayStandIn(url: string, { clientId, redirectUri }: DocumentRequest): boolean {
  return url === clientId && redirectUri !== undefined && redirectKind(redirectUri) === 'loopback'
}

/**
 * draft-ietf-oauth-client-id-metadata-document section 4: JSON, and served as
 * such. Otherwise a host where anybody may post text would vouch for anybody.
 */
function checkMediaType({ status, headers }: Response): void {
  const type = (headers.get('content-type') ?? '').split(';')[0]?.trim() ?? ''
  if (status === 200 && !/^application\/(?:[\w.-]+\+)?json$/i.test(type)) {
    throw new TypeError(`the document is served as "${type}" and not as application/json`)
  }
}

/** Not cached by the provider, whose cache follows HTTP: the next login asks the network again. */
function standIn(url: string, redirectUri: string | undefined): Response {
  const document = {
    client_id: url,
    client_name: `${new URL(url).hostname} (not verified)`,
    // Outside of a new login no redirect URI is compared, and the provider wants one in every client.
    redirect_uris: [redirectUri ?? 'http://localhost/'],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    application_type: 'native',
    [UNVERIFIED]: mark,
  }
  return Response.json(document, { headers: { 'cache-control': 'max-age=0' } })
}

const networkFailures: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_NODATA',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
  'ETIMEDOUT',
])

/** Whether the network, and not the answer or the address, is why there is no document. */
function isNetworkFailure(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof SpecialUseAddressError) return false
    // What limits the time of the whole request aborts it.
    if (cause.name === 'TimeoutError' || cause.name === 'AbortError') return true
    if ('code' in cause && typeof cause.code === 'string' && networkFailures.has(cause.code)) return true
    if (cause instanceof AggregateError) return cause.errors.length > 0 && cause.errors.every(isNetworkFailure)
  }
  return false
}
