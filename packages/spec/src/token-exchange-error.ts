/**
 * Why there is no token.
 *
 * - `interaction-required`: the person has to log in again, or to consent.
 * - `login-refused`: the authorization server does not take the caller's token any more.
 * - `not-allowed`: it gives no token for this service, or not with these scopes.
 * - `not-offered`: the caller comes from an authorization server that exchanges no tokens.
 * - `not-declared`: `downstream` does not declare what was asked for.
 * - `unavailable`: it could not be asked; trying again may help.
 * - `misconfigured`: it refuses this server, or what this server asked.
 * - `answer-unusable`: what it gave is no bearer token for another service.
 * - `over`: the request was answered already.
 */
export type TokenExchangeCode =
  | 'interaction-required'
  | 'login-refused'
  | 'not-allowed'
  | 'not-offered'
  | 'not-declared'
  | 'unavailable'
  | 'misconfigured'
  | 'answer-unusable'
  | 'over'

/**
 * A token that was not exchanged: what `exchangeToken()` rejects with. A handler
 * that can do without catches it and looks at `code`; otherwise the client is
 * told what the person can do. It holds no token and nothing that an
 * authorization server said.
 */
export class TokenExchangeError extends Error {
  override readonly name: string = 'TokenExchangeError'
  /** How it is known, whichever copy of this package asks. */
  readonly 'mcp-secure.token-exchange-error': true = true
  readonly 'mcp-secure.tool-error': boolean = true
  readonly code: TokenExchangeCode
  /** Seconds until it is worth to try again, where that is known. */
  readonly retryAfter: number | undefined

  constructor(code: TokenExchangeCode, message: string = code, retryAfter?: number) {
    super(message)
    this.code = code
    this.retryAfter = retryAfter
  }

  /** By the mark: the runtime makes it, and knows no copy of this package. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && 'mcp-secure.token-exchange-error' in value
  }
}
