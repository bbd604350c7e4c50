import type { Configuration } from '../configuration/configuration.js'
import type { ToolCatalogue } from '../mcp/tool-catalogue.js'
import type { TokenVerifier } from '../token/token-verifier.js'
import type { AllowedOrigins } from './check-origin.js'

/** What the rules look things up in. Made once at boot. */
export interface Guard {
  readonly configuration: Configuration
  readonly verifier: TokenVerifier
  readonly tools: ToolCatalogue
  readonly allowedHosts: ReadonlySet<string>
  readonly allowedOrigins: AllowedOrigins
  /** Whether any tool is public: only then does a request without a token get as far as being read. */
  readonly hasPublicTools: boolean
}
