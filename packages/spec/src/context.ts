import type { ScopeName, Services } from './register.js'

/** Who calls, as the verified access token says. */
export interface Caller {
  /** `sub`: the user, as the issuer names them. Unique only together with `issuer`. */
  readonly subject: string
  /** `client_id`: the program that calls in the user's name. */
  readonly clientId: string
  /** `iss`: the authorization server that issued the token. */
  readonly issuer: string
  /** The declared scopes that the token holds, together with those that they imply. */
  readonly scopes: readonly ScopeName[]
  /** Every claim of the token, or of its introspection. The token itself is not in here. */
  readonly claims: Readonly<Record<string, unknown>>
}

/** The request that a handler answers. */
export interface ToolRequest {
  /** Correlates a request with the server's log. */
  readonly id: string
  /** The revision of the protocol that the request was made in, such as `2026-07-28`. */
  readonly protocolVersion: string
}

/** What a handler gets that everybody may reach: there may be nobody to name. */
export interface PublicContext {
  readonly services: Services
  /** Aborted when the client goes away or the server shuts down. */
  readonly signal: AbortSignal
  readonly request: ToolRequest
}

/** What a handler with a caller gets. */
export interface CallerContext extends PublicContext {
  readonly caller: Caller
}
