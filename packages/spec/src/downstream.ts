/** A service that a handler calls in its caller's name, and the scopes that it may get there. */
export type Downstream = DownstreamAudience | DownstreamResource

interface DownstreamAudience {
  /** What the authorization server calls the service (RFC 8693, `audience`); at Microsoft Entra its application id URI. */
  readonly audience: string
  readonly resource?: never
  readonly scopes: readonly [string, ...string[]]
}

interface DownstreamResource {
  /** The address of the service (RFC 8707, `resource`). */
  readonly resource: string
  readonly audience?: never
  readonly scopes: readonly [string, ...string[]]
}

/** A token for one service. It is not the caller's, and no other service takes it. */
export interface ExchangedToken {
  /** For the `Authorization: Bearer` header of requests to that service, and for nothing else. */
  readonly accessToken: string
  /** What it grants, as the authorization server says; what was asked for, if that says nothing. */
  readonly scopes: readonly string[]
  /** When it expires, in milliseconds since the epoch, if the authorization server says. */
  readonly expiresAt: number | undefined
}

/** What can be asked for: a declared service, and some of its scopes; all of them by default. */
type Asked<Service> = Service extends {
  readonly audience: infer Audience extends string
  readonly scopes: readonly (infer Scope)[]
}
  ? { readonly audience: Audience; readonly scopes?: readonly [Scope, ...Scope[]] }
  : Service extends { readonly resource: infer Address extends string; readonly scopes: readonly (infer Scope)[] }
    ? { readonly resource: Address; readonly scopes?: readonly [Scope, ...Scope[]] }
    : never

interface Exchanges<Services extends readonly Downstream[]> {
  /**
   * Gets a token for a service that `downstream` declares, in the name of the
   * caller: its authorization server is asked (RFC 8693, or the on-behalf-of flow
   * of Microsoft Entra). It is kept for the same caller, service and scopes.
   *
   * Rejects with a `TokenExchangeError`. One that is not caught tells the client
   * what the person can do. When the request is aborted it rejects with the reason.
   */
  exchangeToken(asked: Asked<Services[number]>): Promise<ExchangedToken>
}

/** What a handler gets for the services that it declares. */
export type DownstreamContext<Services extends readonly Downstream[]> = Services extends readonly []
  ? unknown
  : Exchanges<Services>
