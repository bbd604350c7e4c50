import type { Configuration, Rules } from '../configuration/configuration.js'
import type { TokenExchange } from '../exchange/token-exchange.js'
import type { Limits } from '../limits/limits.js'
import type { Catalogue, ItemKind } from '../mcp/catalogue.js'
import type { Sessions } from '../mcp/sessions/sessions.js'
import type { TokenVerifier } from '../token/token-verifier.js'
import type { AllowedOrigins } from './check-origin.js'

/** What the rules about a message look things up in, however the message came. Made once at boot. */
export interface Deciding {
  readonly configuration: Rules
  readonly catalogue: Catalogue
  readonly limits: Limits
  /** Of what there is something public: with nothing, a request without a token does not get as far as being read. */
  readonly publicKinds: ReadonlySet<ItemKind>
}

/** What the rules look things up in. Made once at boot. */
export interface Guard extends Deciding {
  readonly configuration: Configuration
  readonly verifier: TokenVerifier
  /** Nothing, if no issuer exchanges tokens. */
  readonly tokenExchange: TokenExchange | undefined
  /** Header lines of a request: fewer than Node would keep. */
  readonly mostHeaders: number
  /** Nothing, if no client needs one. */
  readonly sessions: Sessions | undefined
  readonly allowedHosts: ReadonlySet<string>
  readonly allowedOrigins: AllowedOrigins
}
