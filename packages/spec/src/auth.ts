import type { EnvSetting, Setting } from './env.js'

/** The embedded authorization server of `@mcp-secure/auth-server`. */
export interface EmbeddedAuth {
  readonly kind: 'embedded'
  readonly issuer: Setting
}

export interface EmbeddedOptions {
  /**
   * The issuer identifier, RFC 8414 section 2. By default the environment
   * variable `MCP_AUTH_ISSUER`, in development `http://localhost:4000`.
   */
  readonly issuer?: Setting
}

/** An authorization server that already exists, described by its metadata. */
export interface OidcAuth extends OidcOptions {
  readonly kind: 'oidc'
}

export interface OidcOptions {
  /**
   * The issuer identifier, byte for byte as the authorization server publishes
   * it: clients compare it with its metadata (RFC 8414 section 3.3).
   */
  readonly issuer: Setting
  /**
   * The form of its access tokens. `jwt` is verified with the issuer's keys
   * (RFC 9068), `opaque` by asking the issuer (RFC 7662).
   */
  readonly tokens: 'jwt' | 'opaque'
  /**
   * The `typ` header of its JWT access tokens: `at+jwt` (RFC 9068, the default)
   * or, for servers that do not set it, `JWT`.
   */
  readonly typ?: 'at+jwt' | 'JWT'
  /**
   * Who asks the introspection endpoint. Required with `tokens: 'opaque'`: an
   * endpoint that answers anybody leaks what tokens may do.
   */
  readonly introspection?: {
    readonly clientId: Setting
    /** A secret is never written into a spec: name the variable that holds it. */
    readonly clientSecret: EnvSetting
  }
}

/** Which authorization server issues the tokens that this server accepts. */
export type AuthRule = EmbeddedAuth | OidcAuth

/**
 * The authorization server that comes with mcp-secure. It runs in seconds with
 * nothing else installed, and issues opaque tokens bound to this resource.
 */
export function embedded(options: EmbeddedOptions = {}): EmbeddedAuth {
  return {
    kind: 'embedded',
    issuer: options.issuer ?? { env: 'MCP_AUTH_ISSUER', development: 'http://localhost:4000' },
  }
}

/** Any authorization server with RFC 8414 or OpenID Connect Discovery metadata. */
export function oidc(options: OidcOptions): OidcAuth {
  return { kind: 'oidc', ...options }
}
