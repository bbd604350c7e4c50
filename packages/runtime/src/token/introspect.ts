import { randomBytes } from 'node:crypto'
import type { AcceptedIssuer } from '../configuration/accepted-issuer.js'
import { type Credentials, clientAuthentication } from './client-authentication.js'
import { CLOCK_TOLERANCE } from './clock-tolerance.js'
import type { IssuerDiscovery } from './discover-issuer.js'
import type { IssuerConnection } from './issuer-connection.js'
import { IssuerUnavailable } from './issuer-unavailable.js'
import { hashOf, type KeptAnswers } from './kept-answers.js'
import type { Surroundings } from './surroundings.js'
import type { Claims, TokenFault } from './token-fault.js'
import { withoutRepeated } from './without-token.js'

export type IntrospectionResult = { readonly claims: Claims } | { readonly fault: TokenFault }

/** Asks one issuer about opaque tokens (RFC 7662), as a client of its own. */
export class Introspection {
  readonly #accepted: Extract<AcceptedIssuer, { form: 'opaque' }>
  readonly #discovery: IssuerDiscovery
  readonly #connection: IssuerConnection
  readonly #surroundings: Surroundings
  readonly #credentials: () => Promise<Credentials>
  readonly #kept: KeptAnswers
  readonly #asking: Map<string, Promise<IntrospectionResult>> = new Map()
  #lastAnswer: 'none' | 'given' | 'refused-us' = 'none'

  constructor(
    accepted: Extract<AcceptedIssuer, { form: 'opaque' }>,
    discovery: IssuerDiscovery,
    connection: IssuerConnection,
    kept: KeptAnswers,
    surroundings: Surroundings,
  ) {
    this.#accepted = accepted
    this.#discovery = discovery
    this.#connection = connection
    this.#surroundings = surroundings
    this.#credentials = clientAuthentication(accepted.client, accepted.issuer, surroundings)
    this.#kept = kept
  }

  /** Whether the issuer answered us, and has not failed again and again since. */
  get isUsable(): boolean {
    return this.#lastAnswer === 'given' && !this.#connection.isBroken
  }

  /** @throws {IssuerUnavailable} when the issuer does not answer, or does not let us ask */
  async introspect(token: string): Promise<IntrospectionResult> {
    const known = await this.#kept.find(token)
    if (known) return this.#judge(known)
    const key = hashOf(token)
    const asking = this.#asking.get(key) ?? this.#ask(key, token)
    this.#asking.set(key, asking)
    return asking
  }

  /**
   * Asks about a token that nobody has, to learn whether we may ask.
   *
   * @throws {IssuerUnavailable} when we may not, or there is no answer
   */
  async tryOut(): Promise<void> {
    await this.#answer(randomBytes(32).toString('base64url'))
  }

  async #ask(key: string, token: string): Promise<IntrospectionResult> {
    try {
      const first = await this.#askOnce(token)
      // Somebody learned meanwhile that it is not active, and may have been answered later than we were.
      return first.isBelieved ? first.result : (await this.#askOnce(token)).result
    } finally {
      this.#asking.delete(key)
    }
  }

  async #askOnce(token: string): Promise<{ readonly result: IntrospectionResult; readonly isBelieved: boolean }> {
    // What there is to learn before is learned: from here on it takes as long as one question.
    await this.#endpoint()
    const asked = this.#surroundings.now()
    const result = this.#judge(withoutRepeated(await this.#answer(token), token))
    // Only what was active: a token that is not yet known may be a second later.
    if ('claims' in result) {
      return { result, isBelieved: await this.#kept.keep(token, { claims: result.claims, asked }) }
    }
    await this.#kept.forget(token)
    return { result, isBelieved: true }
  }

  async #answer(token: string): Promise<Claims> {
    const endpoint = await this.#endpoint()
    const { status, body } = await this.#connection.askForJson(endpoint, async () => {
      const { headers, form } = await this.#credentials()
      return {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ token, token_type_hint: 'access_token', ...form }).toString(),
      }
    })
    if (refusesUs(status, body)) {
      this.#lastAnswer = 'refused-us'
      throw new IssuerUnavailable(`it refuses our client (${status}): ${WHAT_TO_CHECK[this.#accepted.client.method]}`, {
        ourClientRefused: true,
      })
    }
    if (isForeignKind(status, body)) {
      this.#lastAnswer = 'given'
      return { active: false }
    }
    if (status !== 200) throw new IssuerUnavailable(`its introspection endpoint answered ${status}`)
    if (typeof body.active !== 'boolean') throw new IssuerUnavailable('its introspection answer has no "active"')
    this.#lastAnswer = 'given'
    return body
  }

  async #endpoint(): Promise<string> {
    const { endpoint } = this.#accepted
    if (endpoint !== undefined) return endpoint
    const { introspectionEndpoint } = await this.#discovery.metadata()
    if (introspectionEndpoint === undefined) {
      throw new IssuerUnavailable('its metadata names no usable introspection_endpoint')
    }
    return introspectionEndpoint
  }

  /** RFC 7662 section 2.2. Whom the token is for and what it allows is judged with every other token. */
  #judge(answer: Claims): IntrospectionResult {
    const { active, iss, exp, nbf, iat } = answer
    if (active !== true) return { fault: 'inactive' }
    if (iss !== undefined && iss !== this.#accepted.issuer) return { fault: 'foreign-issuer' }
    if ([exp, nbf, iat].some((time) => time !== undefined && typeof time !== 'number')) {
      return { fault: 'claim-malformed' }
    }
    const now = this.#surroundings.now() / 1000
    if (Number(exp) <= now) return { fault: 'expired' }
    if (Number(nbf) > now + CLOCK_TOLERANCE || Number(iat) > now + CLOCK_TOLERANCE) return { fault: 'not-yet-valid' }
    return { claims: answer }
  }
}

/** RFC 7662 section 2.3; RFC 6749 section 5.2 lets a server say 400 for credentials that came in the body. */
function refusesUs(status: number, { error }: Claims): boolean {
  return status === 401 || status === 403 || (status === 400 && error === 'invalid_client')
}

/**
 * RFC 7009 section 2.2.1. A server that gives out opaque tokens says so of a JWT, an ID token say, where RFC 7662
 * section 2.2 has it answer that the token is not active: no token of that kind is good here, now or later.
 */
function isForeignKind(status: number, { error }: Claims): boolean {
  return status === 400 && error === 'unsupported_token_type'
}

const WHAT_TO_CHECK = {
  client_secret_basic: "check the introspection client's id and secret",
  bearer: 'check the API key of the introspection endpoint',
  private_key_jwt: "check the introspection client's id, and that the issuer has the public key that belongs to ours",
}
