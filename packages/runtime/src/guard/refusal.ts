import type { Quota } from '../limits/quota.js'
import type { RequestId } from '../mcp/message.js'
import type { TokenFault } from '../token/token-fault.js'
import type { LoginDemand } from './check-login.js'
import type { DenialShape } from './denial-shape.js'

/** What a refusal is about, by the names that the spec gives it. */
export interface NamedItems {
  readonly tools: readonly string[]
  readonly resources?: readonly string[]
  readonly prompts?: readonly string[]
}

/**
 * Every reason for which the guard refuses a request. A reason is for the log;
 * what a client learns of it is decided in one place, `refusal-to-wire.ts`.
 */
export type Refusal =
  | { readonly reason: 'headers-too-many'; readonly limit: number }
  | { readonly reason: 'header-name-malformed' }
  | { readonly reason: 'host-not-allowed'; readonly host: string }
  | { readonly reason: 'host-repeated' }
  | { readonly reason: 'origin-not-allowed'; readonly origin: string }
  | { readonly reason: 'rate-limited'; readonly quota: Quota; readonly item?: string }
  | { readonly reason: 'too-many-at-once'; readonly limit: number }
  | { readonly reason: 'token-missing' }
  | { readonly reason: 'scheme-not-bearer' }
  | { readonly reason: 'credentials-repeated' }
  | { readonly reason: 'token-malformed' }
  | { readonly reason: 'token-refused'; readonly fault: TokenFault; readonly issuer?: string | undefined }
  | {
      readonly reason: 'issuer-unavailable'
      readonly issuer: string
      readonly detail: string
      /** Seconds until it is asked again, where that is known. */
      readonly retryAfter?: number | undefined
    }
  | { readonly reason: 'method-not-allowed'; readonly method: string; readonly allowed: readonly string[] }
  | { readonly reason: 'content-type-not-json' }
  | { readonly reason: 'content-encoded' }
  | { readonly reason: 'body-too-large'; readonly limit: number }
  | { readonly reason: 'body-incomplete' }
  | { readonly reason: 'body-too-slow'; readonly limit: number }
  | { readonly reason: 'body-not-json' }
  | { readonly reason: 'body-too-deep'; readonly limit: number }
  | { readonly reason: 'body-with-proto' }
  | { readonly reason: 'batch-not-offered' }
  | { readonly reason: 'batch-empty' }
  | { readonly reason: 'batch-too-long'; readonly limit: number }
  | { readonly reason: 'batch-ambiguous' }
  | { readonly reason: 'answer-unasked' }
  | { readonly reason: 'message-malformed'; readonly id: RequestId | null }
  | { readonly reason: 'method-not-offered'; readonly method: string; readonly id: RequestId }
  | { readonly reason: 'session-missing' }
  | { readonly reason: 'session-unknown' }
  | { readonly reason: 'header-mismatch'; readonly header: string; readonly id: RequestId | null }
  | ({ readonly reason: 'login-required' } & NamedItems & DenialShape)
  | ({
      readonly reason: 'insufficient-scope'
      /** What the refused tools, resources and prompts require. */
      readonly needed: readonly string[]
      /** Those of it that the token does not satisfy, directly or implied. */
      readonly missing: readonly string[]
      /** The declared scopes that the token holds. */
      readonly held: readonly string[]
    } & NamedItems &
      DenialShape)
  | ({
      readonly reason: 'login-too-weak'
      readonly needed: readonly string[]
      readonly held: readonly string[]
      /** How the caller has to log in. */
      readonly demand: LoginDemand
    } & NamedItems &
      DenialShape)

/** How a rule says no. A class, so that no state of the pipeline can be mistaken for one. */
export class Refused {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    this.refusal = refusal
  }
}

export function refuse(refusal: Refusal): Refused {
  return new Refused(refusal)
}
