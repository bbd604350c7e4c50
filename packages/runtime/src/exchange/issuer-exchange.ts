import { createHash } from 'node:crypto'
import type { AcceptedIssuer, ExchangeSettings } from '../configuration/accepted-issuer.js'
import { ActiveAnswers } from '../token/active-answers.js'
import { clientAuthentication } from '../token/client-authentication.js'
import { IssuerDiscovery } from '../token/discover-issuer.js'
import { IssuerConnection } from '../token/issuer-connection.js'
import { IssuerUnavailable } from '../token/issuer-unavailable.js'
import type { Surroundings } from '../token/surroundings.js'
import { ExchangeRefused } from './exchange-error.js'
import { EXCHANGE_FORMS } from './exchange-form.js'
import type { ExchangeTarget } from './exchange-target.js'
import { type ExchangedToken, readExchangeAnswer } from './read-answer.js'

const CAPACITY = 10_000
/** Milliseconds before its end at which a token is not given out any more: it is still on its way to somewhere. */
const MARGIN = 30_000

/** A token for another service, and until when it is good. */
export interface KeptToken extends ExchangedToken {
  /** Milliseconds since the epoch; nothing, if the issuer does not say. */
  readonly expiresAt: number | undefined
}

/** Whose token is exchanged. */
export interface Subject {
  readonly token: string
  /** When it expires, in milliseconds since the epoch; nothing, if that is not known. */
  readonly expires: number | undefined
}

/**
 * Exchanges tokens at one issuer, as a client of its own. It has a connection of
 * its own too: a token endpoint that fails is no reason to stop verifying.
 */
export class IssuerExchange {
  readonly #issuer: string
  readonly #settings: ExchangeSettings
  readonly #connection: IssuerConnection
  readonly #discovery: IssuerDiscovery
  readonly #surroundings: Surroundings
  readonly #kept: ActiveAnswers<KeptToken>
  readonly #asking: Map<string, Promise<KeptToken>> = new Map()

  constructor({ issuer }: AcceptedIssuer, settings: ExchangeSettings, surroundings: Surroundings) {
    this.#issuer = issuer
    this.#settings = settings
    this.#surroundings = surroundings
    this.#connection = new IssuerConnection(surroundings)
    this.#discovery = new IssuerDiscovery(issuer, this.#connection, surroundings)
    this.#kept = new ActiveAnswers(CAPACITY, surroundings)
  }

  /** @throws {ExchangeRefused} whatever went wrong */
  async exchange(subject: Subject, target: ExchangeTarget): Promise<KeptToken> {
    const key = keyOf(subject.token, target)
    const kept = this.#kept.get(key)
    if (kept !== undefined) return kept
    const asking = this.#asking.get(key) ?? this.#ask(key, subject, target)
    this.#asking.set(key, asking)
    return asking
  }

  async #ask(key: string, subject: Subject, target: ExchangeTarget): Promise<KeptToken> {
    try {
      const asked = this.#surroundings.now()
      const answer = await this.#answer(subject.token, target)
      const expiresAt = answer.expiresIn === undefined ? undefined : asked + answer.expiresIn * 1000
      const token = Object.freeze({ ...answer, scopes: Object.freeze([...answer.scopes]), expiresAt })
      this.#kept.set(key, token, this.#keptUntil(asked, token, subject))
      return token
    } catch (error) {
      if (!(error instanceof IssuerUnavailable)) throw error
      throw new ExchangeRefused({ code: 'unavailable', detail: error.message, retryAfter: error.retryAfter })
    } finally {
      this.#asking.delete(key)
    }
  }

  async #answer(token: string, target: ExchangeTarget): Promise<ExchangedToken> {
    const { client, form } = this.#settings
    const endpoint = await this.#endpoint()
    // Entra wants an assertion for the endpoint, everybody else takes one for the issuer.
    const audience = form === 'entra-obo' ? endpoint : this.#issuer
    const credentials = clientAuthentication(client, audience, this.#surroundings)
    const answer = await this.#connection.askForJson(endpoint, async () => {
      const { headers, form: shown } = await credentials()
      return {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ ...EXCHANGE_FORMS[form](token, target, client.id), ...shown }).toString(),
      }
    })
    return readExchangeAnswer(answer, token, form, target)
  }

  async #endpoint(): Promise<string> {
    const { endpoint } = this.#settings
    if (endpoint !== undefined) return endpoint
    const { tokenEndpoint } = await this.#discovery.metadata()
    if (tokenEndpoint !== undefined) return tokenEndpoint
    throw new ExchangeRefused({ code: 'misconfigured', detail: 'its metadata names no usable token_endpoint' })
  }

  /** From when it was asked: no longer than either token is good, and than the policy says. */
  #keptUntil(asked: number, { expiresAt }: KeptToken, { expires }: Subject): number {
    // Of what the issuer does not say how long it is good nothing is kept.
    if (expiresAt === undefined) return 0
    return Math.min(asked + this.#settings.keptForMs, expiresAt - MARGIN, expires ?? Number.POSITIVE_INFINITY)
  }
}

/** One for each token, service and set of scopes. The token of one caller never finds what another's was exchanged for. */
function keyOf(token: string, { kind, name, scopes }: ExchangeTarget): string {
  return createHash('sha256')
    .update(JSON.stringify([token, kind, name, ...scopes]))
    .digest('base64')
}
