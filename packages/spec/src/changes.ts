import type { ListOwner } from './register.js'

/**
 * Tells clients that something changed. They are told only what they subscribed
 * to and may read at that moment; what it changed to they have to ask for.
 */
export interface Changes {
  /** The resource with this URI: what it holds changed, or it is gone. */
  resource(uri: string): void
  /**
   * Which resources there are: for everybody, or for the one whose list it is. A subject is unique only within its
   * issuer (RFC 7519 section 4.1.2): of a server with several issuers both are needed, as `caller` has them. Without
   * the issuer this throws there; what is said of an issuer that the server does not have is told to nobody.
   */
  resourceList(whose?: ListOwner): void
  /** Which tools there are: another version of this server has others. */
  toolList(): void
  /** Which prompts there are: another version of this server has others. */
  promptList(): void
}
