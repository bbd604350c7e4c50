/**
 * Why a token was not exchanged, as a handler reads it in `code`.
 *
 * - `interaction-required`: the person has to log in again, or to consent.
 * - `login-refused`: the issuer does not take the caller's token any more.
 * - `not-allowed`: the issuer gives no token for this service, or not with these scopes.
 * - `not-offered`: the caller's issuer exchanges no tokens for this server.
 * - `not-declared`: the handler asked for what its spec does not declare.
 * - `unavailable`: the issuer could not be asked; it may be worth to try again.
 * - `misconfigured`: the issuer refuses our client, or what it asked.
 * - `answer-unusable`: the issuer gave what is no bearer token for another service.
 * - `over`: the request is answered; nothing is done in its caller's name any more.
 */
export type ExchangeCode =
  | 'interaction-required'
  | 'login-refused'
  | 'not-allowed'
  | 'not-offered'
  | 'not-declared'
  | 'unavailable'
  | 'misconfigured'
  | 'answer-unusable'
  | 'over'

/** What is known of a failure besides its code. All of it is for the log: what an issuer says may quote a token. */
export interface ExchangeFailure {
  readonly code: ExchangeCode
  /** In our own words. */
  readonly detail: string
  /** Seconds until it is worth to try again, where that is known. */
  readonly retryAfter?: number | undefined
  /** By what the issuer finds the failure in its own log: names and numbers, never text. */
  readonly issuerSaid?: Readonly<Record<string, string>>
}

/** How the issuer said no, inside of this room. What a handler gets is made of it, once for each that waits. */
export class ExchangeRefused extends Error {
  override readonly name: string = 'ExchangeRefused'
  readonly failure: ExchangeFailure

  constructor(failure: ExchangeFailure) {
    super(failure.detail)
    this.failure = failure
  }
}

/**
 * What a handler gets when there is no token for it. The marks are those by which
 * the DSL knows the error, and by which a message is told to the caller if the
 * handler does not catch it: that is written for people, and holds no secret.
 */
export class TokenExchangeError extends Error {
  override readonly name: string = 'TokenExchangeError'
  readonly 'mcp-secure.token-exchange-error': true = true
  readonly 'mcp-secure.tool-error': boolean
  readonly code: ExchangeCode
  readonly retryAfter: number | undefined

  constructor({ code, detail, retryAfter }: ExchangeFailure, target: string, reference: string) {
    super(messageFor(code, { detail, retryAfter, target, reference }))
    this.code = code
    this.retryAfter = retryAfter
    // What only the handler can have done wrong is told to nobody, and logged as its failure.
    this['mcp-secure.tool-error'] = code !== 'not-declared' && code !== 'over'
  }
}

interface Telling {
  readonly detail: string
  readonly retryAfter: number | undefined
  readonly target: string
  readonly reference: string
}

/** What the person, or the model, can do. */
function messageFor(code: ExchangeCode, { detail, retryAfter, target, reference }: Telling): string {
  const found = `Its operator can find out why with this reference: ${reference}`
  switch (code) {
    case 'interaction-required':
      return `${target} may not be used in your name yet. Log in to this server again and give your consent, then try again. If that does not help, an administrator has to consent.`
    case 'login-refused':
      return `Your login is not accepted any more for ${target}. Log in to this server again, then try again.`
    case 'not-allowed':
      return `You are not given access to ${target}. ${found}`
    case 'not-offered':
      return `Your login is from a place that gives no access to ${target}.`
    case 'unavailable':
      return `Access to ${target} cannot be had right now. Try again ${retryAfter === undefined ? 'in a moment' : `in ${retryAfter} seconds`}.`
    case 'misconfigured':
    case 'answer-unusable':
      return `This server has no access to ${target}. ${found}`
    case 'not-declared':
    case 'over':
      return detail
  }
}
