import { createHash } from 'node:crypto'
import type { IntrospectionClient } from '../configuration/configuration.js'
import { ActiveAnswers } from './active-answers.js'
import type { IssuerDiscovery } from './discover-issuer.js'
import { fetchJson } from './fetch-json.js'
import { IssuerUnavailable } from './issuer-unavailable.js'
import type { Claims, TokenFault } from './token-fault.js'

/** How long an active answer is believed: a revoked token works no longer than this. */
const BELIEVED_FOR_MS = 30_000
const CAPACITY = 10_000

export type IntrospectionResult = { readonly claims: Claims } | { readonly fault: TokenFault }

/** Asks one issuer about opaque tokens (RFC 7662), as a client of its own. */
export class Introspection {
  readonly #issuer: string
  readonly #authorization: string
  readonly #discovery: IssuerDiscovery
  readonly #active: ActiveAnswers = new ActiveAnswers(CAPACITY)
  readonly #asking: Map<string, Promise<IntrospectionResult>> = new Map()

  constructor(issuer: string, client: IntrospectionClient, discovery: IssuerDiscovery) {
    this.#issuer = issuer
    this.#authorization = clientSecretBasic(client)
    this.#discovery = discovery
  }

  /** @throws {IssuerUnavailable} when the issuer does not answer, or does not let us ask */
  async introspect(token: string): Promise<IntrospectionResult> {
    const key = createHash('sha256').update(token).digest('base64')
    const claims = this.#active.get(key)
    if (claims) return { claims }
    const asking = this.#asking.get(key) ?? this.#ask(key, token)
    this.#asking.set(key, asking)
    return asking
  }

  async #ask(key: string, token: string): Promise<IntrospectionResult> {
    try {
      const result = judge(this.#issuer, await this.#answer(token))
      // Only what was active: a token that is not yet known may be a second later.
      if ('claims' in result) this.#active.set(key, result.claims, believedUntil(result.claims))
      return result
    } finally {
      this.#asking.delete(key)
    }
  }

  async #answer(token: string): Promise<Claims> {
    const { introspectionEndpoint } = await this.#discovery.metadata()
    if (introspectionEndpoint === undefined) {
      throw new IssuerUnavailable('its metadata names no usable introspection_endpoint')
    }
    const { status, body } = await fetchJson(introspectionEndpoint, {
      method: 'POST',
      headers: { authorization: this.#authorization, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token, token_type_hint: 'access_token' }).toString(),
    })
    if (status === 401 || status === 403) {
      throw new IssuerUnavailable(`it refuses our client (${status}): check the introspection client's id and secret`)
    }
    if (status !== 200) throw new IssuerUnavailable(`its introspection endpoint answered ${status}`)
    if (typeof body.active !== 'boolean') throw new IssuerUnavailable('its introspection answer has no "active"')
    return body
  }
}

/** RFC 7662 section 2.2. Whom the token is for and what it allows is judged with every other token. */
function judge(issuer: string, answer: Claims): IntrospectionResult {
  if (answer.active !== true) return { fault: 'inactive' }
  if (answer.iss !== undefined && answer.iss !== issuer) return { fault: 'foreign-issuer' }
  const now = Date.now() / 1000
  if (answer.exp !== undefined && typeof answer.exp !== 'number') return { fault: 'claim-malformed' }
  if (answer.exp !== undefined && answer.exp <= now) return { fault: 'expired' }
  if (answer.nbf !== undefined && typeof answer.nbf !== 'number') return { fault: 'claim-malformed' }
  if (answer.nbf !== undefined && answer.nbf > now) return { fault: 'not-yet-valid' }
  return { claims: answer }
}

function believedUntil({ exp }: Claims): number {
  const believed = Date.now() + BELIEVED_FOR_MS
  return typeof exp === 'number' ? Math.min(believed, exp * 1000) : believed
}

/** RFC 6749 section 2.3.1: both parts are form-encoded before they are joined. */
function clientSecretBasic({ id, secret }: IntrospectionClient): string {
  return `Basic ${Buffer.from(`${formEncode(id)}:${formEncode(secret)}`).toString('base64')}`
}

function formEncode(value: string): string {
  return new URLSearchParams({ '': value }).toString().slice(1)
}
