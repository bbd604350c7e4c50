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
  readonly introspection?: IntrospectionOptions
  /**
   * The claim that holds what a token grants; by default `scope` or `scp`.
   * `permissions` (Auth0) are the user's, whatever the client was allowed:
   * choose it only where the two are the same.
   */
  readonly scopeClaim?: 'scope' | 'scp' | 'permissions'
  /**
   * The only scopes of this server that its tokens can grant, besides what these
   * imply; what else they say counts for nothing. By default every declared one.
   */
  readonly scopes?: readonly [string, ...string[]]
  /**
   * For an authorization server that cannot bind tokens to this resource (RFC
   * 8707): which of its tokens count all the same, if they hold a scope of this
   * server. Every start warns of it, and `ACCESS.md` shows it.
   */
  readonly audienceCompatibility?: AudienceCompatibility
  /** The only clients whose tokens are accepted. By default those of every client. */
  readonly allowedClientIds?: readonly [string, ...string[]]
  /**
   * For an issuer that serves several organisations: the claim that names them
   * (`tid` of Entra, `org_id` of Auth0), and those whose tokens are accepted.
   */
  readonly tenant?: { readonly claim: string; readonly values: readonly [string, ...string[]] }
  /**
   * Exchanges tokens of its callers for tokens for other services, for handlers
   * that declare them in `downstream`. By default nothing is exchanged.
   */
  readonly tokenExchange?: TokenExchangeOptions
}

/**
 * How tokens are exchanged, and as which client: by its secret (`client_secret_basic`)
 * or a key pair (`private_key_jwt`). At Microsoft Entra the client is the one
 * that callers' tokens are for, and a key is known by its certificate.
 */
export type TokenExchangeOptions = (
  | {
      readonly form: 'rfc8693' | 'entra-obo'
      readonly clientId: Setting
      readonly clientSecret: EnvSetting
      readonly privateKey?: never
    }
  | {
      readonly form: 'rfc8693'
      readonly clientId: Setting
      /** In PEM: RSA, EC or Ed25519. */
      readonly privateKey: EnvSetting
      /** The `kid` by which the authorization server knows the public key. */
      readonly keyId?: string
      readonly clientSecret?: never
    }
  | {
      readonly form: 'entra-obo'
      readonly clientId: Setting
      /** In PEM: RSA. */
      readonly privateKey: EnvSetting
      /** The SHA-256 thumbprint of the certificate of that key, base64url. */
      readonly certificateThumbprint: string
      readonly clientSecret?: never
    }
) & {
  /** The token endpoint, for servers whose metadata has no `token_endpoint`. */
  readonly endpoint?: Setting
  /**
   * Seconds for which an exchanged token is kept at most, and never longer than it
   * or its caller's token is good: 0 to 3600, 300 by default.
   */
  readonly cacheSeconds?: number
}

/**
 * How this server asks about tokens: by a client's secret, by an API key that is
 * shown as a bearer token, or by a key pair (RFC 7523). A secret is never
 * written into a spec: name the variable that holds it, or, with `_FILE` behind
 * its name, the file.
 */
export type IntrospectionOptions = (
  | {
      readonly clientId: Setting
      readonly clientSecret: EnvSetting
      readonly apiKey?: never
      readonly privateKey?: never
    }
  | { readonly apiKey: EnvSetting; readonly clientSecret?: never; readonly privateKey?: never }
  | {
      readonly clientId: Setting
      /** In PEM: RSA, EC or Ed25519. */
      readonly privateKey: EnvSetting
      /** The `kid` by which the authorization server knows the public key. */
      readonly keyId?: string
      readonly clientSecret?: never
      readonly apiKey?: never
    }
) & {
  /** Where to ask, for servers whose metadata has no `introspection_endpoint`. */
  readonly endpoint?: Setting
  /**
   * Seconds for which an active answer is believed, and a revoked token works:
   * 0 to 300, 30 by default.
   */
  readonly cacheSeconds?: number
}

/** Tokens for a listed other audience, or tokens without one of a listed client. Entries are compared as they are. */
export type AudienceCompatibility =
  | { readonly audiences: readonly [string, ...string[]]; readonly clientIds?: never }
  | { readonly clientIds: readonly [string, ...string[]]; readonly audiences?: never }

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
