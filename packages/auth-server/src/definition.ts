/**
 * What the authorization server needs to know of a project: structurally a part
 * of the generated `policy`. Types only, so that nothing of the runtime is imported.
 */

/** A value known at build time, or an environment variable that is read at boot. */
export type Setting = string | EnvSetting

export interface EnvSetting {
  readonly env: string
  /** Used when the variable is unset and `NODE_ENV` is `development` or `test`, and never otherwise. */
  readonly development?: string
  /** Like `development`, but the value is the content of this file, relative to the working directory. */
  readonly developmentFile?: string
}

export interface ScopeDefinition {
  /** One sentence for the consent page: what a user allows by granting it. */
  readonly description: string
  /** Granted to a client that asks for nothing in particular. */
  readonly baseline: boolean
  /** The narrower scopes that this one satisfies too. */
  readonly implies: readonly string[]
}

export interface IssuerDefinition {
  readonly issuer: Setting
  readonly tokens?: {
    readonly form: string
    readonly introspection?: { readonly clientId: Setting; readonly clientSecret: EnvSetting }
  }
}

/** The part of a policy from which an authorization server is made. */
export interface AuthorizationServerDefinition {
  readonly server: { readonly name: string; readonly title?: string }
  readonly resource: Setting
  readonly issuers: readonly IssuerDefinition[]
  readonly scopes: Readonly<Record<string, ScopeDefinition>>
}
