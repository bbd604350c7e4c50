import type { FastifyBaseLogger } from 'fastify'
import type { Configuration } from '../configuration/configuration.js'
import type { Downstream } from '../definition.js'
import { untilAborted } from '../mcp/until-aborted.js'
import type { Identity } from '../token/identity.js'
import { type Surroundings, systemSurroundings } from '../token/surroundings.js'
import { type ExchangeCode, type ExchangeFailure, ExchangeRefused, TokenExchangeError } from './exchange-error.js'
import { type ExchangeTarget, exchangeTarget } from './exchange-target.js'
import { IssuerExchange, type KeptToken, type Subject } from './issuer-exchange.js'

/** What a handler gets: a token for another service, never its caller's. */
export interface Exchanged {
  readonly accessToken: string
  readonly scopes: readonly string[]
  /** Milliseconds since the epoch; nothing, if the issuer does not say. */
  readonly expiresAt: number | undefined
}

/** The function of a handler's context. */
export type ExchangeToken = (asked: unknown) => Promise<Exchanged>

/** In whose name, for what, and for how long one handler exchanges. */
export interface ExchangeScope {
  readonly caller: Identity
  readonly downstream: readonly Downstream[]
  /** Aborted when nobody waits for the handler any more. */
  readonly signal: AbortSignal
  readonly log: FastifyBaseLogger
  /** The id of the request in the log. */
  readonly reference: string
}

/** How one `exchangeToken()` ended, for whoever counts: no token is in it, no caller, and nothing that a client made up. */
export interface ExchangeEnd {
  /** The service, by the name that the spec gives it; nothing, if the spec does not declare what was asked for. */
  readonly service: string | undefined
  /** `given`; `abandoned` by whoever did not wait; `failed` for what is a fault of ours; or why there is no token. */
  readonly outcome: 'given' | 'abandoned' | 'failed' | ExchangeCode
}

/**
 * Exchanges the tokens of callers for tokens for other services. It is the only
 * one who still has a caller's token after that was verified: in here and under
 * the identity of one request, so that nothing that holds the identity holds the
 * token. When the request is over, it is forgotten.
 */
export class TokenExchange {
  readonly #issuers: ReadonlyMap<string, IssuerExchange>
  readonly #subjects: WeakMap<Identity, Subject> = new WeakMap()
  readonly #given: WeakMap<Identity, Set<string>> = new WeakMap()
  readonly #ended: (end: ExchangeEnd) => void

  private constructor(issuers: ReadonlyMap<string, IssuerExchange>, ended: (end: ExchangeEnd) => void = () => {}) {
    this.#issuers = issuers
    this.#ended = ended
  }

  /** Nothing, if no issuer exchanges tokens: then no caller's token is kept for anything. `ended` hears how each ended. */
  static of(
    { issuers }: Configuration,
    surroundings: Surroundings = systemSurroundings,
    ended?: (end: ExchangeEnd) => void,
  ): TokenExchange | undefined {
    const exchanging = issuers.flatMap((accepted) => {
      const { issuer, tokenExchange } = accepted
      return tokenExchange === undefined
        ? []
        : [[issuer, new IssuerExchange(accepted, tokenExchange, surroundings)] as const]
    })
    return exchanging.length === 0 ? undefined : new TokenExchange(new Map(exchanging), ended)
  }

  /** For callers without a token: whatever a handler asks for is not offered. */
  static none(): TokenExchange {
    return new TokenExchange(new Map())
  }

  /** Notes the token that an identity was read from. */
  remember(caller: Identity, token: string): void {
    if (!this.#issuers.has(caller.issuer)) return
    const { exp } = caller.claims
    this.#subjects.set(caller, { token, expires: typeof exp === 'number' ? exp * 1000 : undefined })
  }

  /** The request is over: nothing is done in its caller's name any more. */
  forget(caller: Identity): void {
    this.#subjects.delete(caller)
  }

  /** Whether a handler was given a token in the name of this caller. */
  hasGiven(caller: Identity | undefined): boolean {
    return this.#givenTo(caller).size > 0
  }

  /** Whether a text holds a token that a handler was given in the name of this caller. */
  isIn(caller: Identity | undefined, text: string): boolean {
    return [...this.#givenTo(caller)].some((token) => text.includes(token))
  }

  /** The text without those tokens. */
  without(caller: Identity | undefined, text: string): string {
    return [...this.#givenTo(caller)].reduce((rest, token) => rest.replaceAll(token, '[exchanged token]'), text)
  }

  #givenTo(caller: Identity | undefined): ReadonlySet<string> {
    return (caller === undefined ? undefined : this.#given.get(caller)) ?? NONE
  }

  /** What one handler gets: it reaches what its spec declares, for the caller of its request. */
  for(scope: ExchangeScope): ExchangeToken {
    return async (asked) => {
      const { caller, signal } = scope
      signal.throwIfAborted()
      const target = this.#targetOf(asked, scope)
      try {
        const { accessToken, scopes, expiresAt } = await untilAborted(this.#exchange(caller, target), signal)
        this.#noteGiven(caller, accessToken)
        this.#ended({ service: target.name, outcome: 'given' })
        return Object.freeze({ accessToken, scopes, expiresAt })
      } catch (error) {
        this.#ended({ service: target.name, outcome: outcomeOf(error, signal) })
        if (!(error instanceof ExchangeRefused)) throw error
        throw told(error.failure, target, scope)
      }
    }
  }

  #targetOf(asked: unknown, { downstream, reference }: ExchangeScope): ExchangeTarget {
    try {
      return exchangeTarget(asked, downstream)
    } catch (error) {
      if (!(error instanceof ExchangeRefused)) throw error
      this.#ended({ service: undefined, outcome: error.failure.code })
      // What was asked for is not repeated: it may have come from a client.
      throw new TokenExchangeError(error.failure, 'a service', reference)
    }
  }

  async #exchange(caller: Identity, target: ExchangeTarget): Promise<KeptToken> {
    const issuer = this.#issuers.get(caller.issuer)
    if (issuer === undefined) {
      throw new ExchangeRefused({ code: 'not-offered', detail: 'the policy says nothing of exchanging its tokens' })
    }
    const subject = this.#subjects.get(caller)
    if (subject === undefined) {
      const detail = 'exchangeToken() was called after the request was answered.'
      throw new ExchangeRefused({ code: 'over', detail })
    }
    return issuer.exchange(subject, target)
  }

  #noteGiven(caller: Identity, token: string): void {
    const given = this.#given.get(caller) ?? new Set()
    this.#given.set(caller, given.add(token))
  }
}

const NONE: ReadonlySet<string> = new Set()

function outcomeOf(error: unknown, signal: AbortSignal): ExchangeEnd['outcome'] {
  if (error instanceof ExchangeRefused) return error.failure.code
  return signal.aborted ? 'abandoned' : 'failed'
}

/** The error for the handler, and a line for the operator. */
function told(
  failure: ExchangeFailure,
  target: ExchangeTarget,
  { caller, log, reference }: ExchangeScope,
): TokenExchangeError {
  const { code, detail, retryAfter, issuerSaid } = failure
  const { issuer, subject } = caller
  const level = OPERATORS.has(code) ? 'error' : 'warn'
  const about = { issuer, subject, [target.kind]: target.name, scopes: target.scopes, code, detail }
  log[level]({ ...about, ...(retryAfter === undefined ? {} : { retryAfter }), issuerSaid }, 'a token was not exchanged')
  return new TokenExchangeError(failure, target.name, reference)
}

/** What only the operator can put right. */
const OPERATORS = new Set(['misconfigured', 'answer-unusable'])
