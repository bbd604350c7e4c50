/**
 * What generated code hands to the runtime. These types are the border between
 * the compiler and the guard: plain data, except for the user's own modules.
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

/** How access tokens of one issuer are checked. */
export type TokenRule =
  | {
      /** RFC 9068: verified with the issuer's published keys. */
      readonly form: 'jwt'
      /** The `typ` header that its access tokens carry. */
      readonly typ: 'at+jwt' | 'JWT'
    }
  | {
      /** RFC 7662: the issuer is asked, by a client of its own. */
      readonly form: 'opaque'
      readonly introspection: IntrospectionRule
    }

/** How an issuer is asked about tokens, and who asks: by a secret, by an API key, or by a key pair (RFC 7523). */
export type IntrospectionRule = (
  | { readonly clientId: Setting; readonly clientSecret: EnvSetting }
  | { readonly apiKey: EnvSetting }
  | { readonly clientId: Setting; readonly privateKey: EnvSetting; readonly keyId?: string }
) & {
  /** Where, if the issuer's metadata does not say. */
  readonly endpoint?: Setting
  /** How long an active answer is believed, and so a revoked token works: 0 to 300, 30 by default. */
  readonly cacheSeconds?: number
}

/**
 * How tokens of one issuer are exchanged for tokens for other services, and who
 * asks: a client of ours, by a secret or by a key pair (RFC 7523).
 */
export type TokenExchangeRule = (
  | { readonly clientId: Setting; readonly clientSecret: EnvSetting }
  | {
      readonly clientId: Setting
      readonly privateKey: EnvSetting
      readonly keyId?: string
      readonly certificateThumbprint?: string
    }
) & {
  /** RFC 8693, or the on-behalf-of flow of Microsoft Entra. */
  readonly form: 'rfc8693' | 'entra-obo'
  /** The token endpoint, if the issuer's metadata does not say. */
  readonly endpoint?: Setting
  /** How long an exchanged token is kept at most: 0 to 3600, 300 by default. */
  readonly cacheSeconds?: number
}

/** A service that a handler may call in its caller's name, and with which scopes there. */
export type Downstream = (
  | { readonly audience: string; readonly resource?: never }
  | { readonly resource: string; readonly audience?: never }
) & { readonly scopes: readonly string[] }

/** Which services a handler may get tokens for; none by default. */
export interface Reach {
  readonly downstream?: readonly Downstream[]
}

/** The claim that holds what a token grants. */
export type ScopeClaim = 'scope' | 'scp' | 'permissions'

/** Which organisations count of an issuer that serves several. */
export interface TenantRule {
  /** The claim that names the tenant, such as `tid` or `org_id`. */
  readonly claim: string
  readonly values: readonly [string, ...string[]]
}

/**
 * For an issuer that cannot bind tokens to this resource: which of its tokens
 * count all the same, if they hold a scope of this server.
 */
export type AudienceCompatibility =
  /** Those for one of these audiences. */
  | { readonly audiences: readonly [string, ...string[]] }
  /** Those without an audience, or for the client itself, of one of these clients. */
  | { readonly clientIds: readonly [string, ...string[]] }

/** An authorization server whose tokens are accepted. */
export interface IssuerPolicy {
  readonly issuer: Setting
  readonly tokens: TokenRule
  /** By default `scope` and `scp`. */
  readonly scopeClaim?: ScopeClaim
  /** The only declared scopes that its tokens can grant, besides what these imply; by default all. */
  readonly scopes?: readonly string[]
  /** By default none: a token is for this resource and for nothing else. */
  readonly audienceCompatibility?: AudienceCompatibility
  /** The only clients whose tokens are accepted; by default those of every client. */
  readonly allowedClientIds?: readonly [string, ...string[]]
  /** The only tenants whose tokens are accepted; by default those of every tenant of the issuer. */
  readonly tenant?: TenantRule
  /** By default its tokens are exchanged for nothing. */
  readonly tokenExchange?: TokenExchangeRule
}

export interface ScopePolicy {
  readonly description: string
  /** Part of the first challenge and of `scopes_supported`. */
  readonly baseline: boolean
  /** Every scope that this one satisfies besides itself, directly or through others. */
  readonly implies: readonly string[]
}

/** A picture that clients show beside a name (MCP 2025-11-25, icons): an https URL, or a base64 data: URI. */
export interface Icon {
  readonly src: string
  readonly mimeType?: string
  readonly sizes?: readonly string[]
  readonly theme?: 'light' | 'dark'
}

/** Who may call one tool, read one resource or get one prompt. */
export type AccessPolicy = AccessRule & AccessConditions

/** What is asked for besides, or instead of the usual answer. */
export interface AccessConditions {
  /** Whoever lacks the scopes is answered as if there were no such thing. */
  readonly whenDenied?: 'hide'
  /** Whom there is such a thing for: callers that each list names one of. For everybody else it does not exist. */
  readonly onlyFor?: OnlyForPolicy
  /** How long ago, at most, the caller logged in (`auth_time`, RFC 9470). */
  readonly freshLogin?: { readonly maxAgeSeconds: number }
  /** The levels of which the login needs one (`acr`, RFC 9470). */
  readonly acr?: readonly string[]
  /** Of a tool: every scope that it may ask for because of the arguments of a call. */
  readonly argumentScopes?: readonly string[]
  /** Whether a rule of the project decides about each object besides. */
  readonly authorize?: true
}

/** Callers, by who they are and not by what they hold. A list that is not there leaves out nobody. */
export interface OnlyForPolicy {
  /** Of several issuers those of the one that `issuers` names. */
  readonly clientIds?: readonly string[]
  /** By the claim that `tenant` of their issuer names; with several issuers as for `clientIds`. */
  readonly tenants?: readonly string[]
  /** Issuers of the policy, by the same settings. */
  readonly issuers?: readonly Setting[]
}

export type AccessRule =
  | { readonly access: 'scopes'; readonly scopes: readonly string[] }
  /** All of one of these sets; which one a caller has does not matter. */
  | { readonly access: 'any-of'; readonly anyOf: readonly (readonly string[])[] }
  | { readonly access: 'authenticated' }
  | { readonly access: 'public' }

/** What a handler does besides answering: it is given that, and nothing else. */
export type Use = 'progress' | 'logging' | 'elicitation' | 'sampling' | 'roots' | 'changes' | 'polling'

/** Who may call one tool or get one prompt, and what its handler does to the client. */
export type UsingPolicy = AccessPolicy & Reach & { readonly uses?: readonly Use[] }

/** Who may call one tool, how often, and what of a call is kept in the audit record. */
export type ToolPolicy = UsingPolicy & {
  /** Calls a minute by one subject, and seconds that a call may take. */
  readonly limits?: { readonly perMinute?: number; readonly seconds?: number }
  /** Nothing of the arguments unless it says so, and never what the schema marks as sensitive. */
  readonly audit?: { readonly arguments: true }
}

/** How much may be asked for: whole numbers from 1, requests a minute where nothing else is said. */
export interface LimitsPolicy {
  readonly perSubject?: number
  readonly perClient?: number
  readonly perAddress?: number
  /** Requests whose token was refused. */
  readonly refusedPerAddress?: number
  /** Requests at the same time. */
  readonly concurrentPerSubject?: number
  /** Seconds that a handler may take. */
  readonly secondsPerCall?: number
  /** Calls of one tool by one subject, for tools that do not say themselves. */
  readonly perTool?: number
}

/** Who may read one resource, and which URIs it answers for. */
export type ResourcePolicy = AccessPolicy &
  Reach & {
    /** One URI, or a template: `{name}` between two slashes, `{+name}` at the end. */
    readonly uri: string
    /** Whether clients can subscribe to changes of it. */
    readonly subscribe?: true
  }

/** The whole access policy of a server: the content of `policy.gen.ts`. */
export interface Policy {
  readonly server: {
    readonly name: string
    readonly version: string
    readonly title?: string
    readonly icons?: readonly Icon[]
    readonly instructions?: string
  }
  readonly resource: Setting
  readonly issuers: readonly IssuerPolicy[]
  readonly scopes: Readonly<Record<string, ScopePolicy>>
  /** In which form a refused call is answered; by who calls unless it says one. It decides nothing else. */
  readonly denials?: 'http' | 'result'
  readonly limits?: LimitsPolicy
  readonly tools: Readonly<Record<string, ToolPolicy>>
  readonly resources?: Readonly<Record<string, ResourcePolicy>>
  readonly prompts?: Readonly<Record<string, UsingPolicy>>
}

/** A JSON Schema, 2020-12, whose root is an object. */
export type ObjectSchema = { readonly type: 'object' } & Readonly<Record<string, unknown>>

/** What clients see of a value, and whether the value travels inside a property. */
export interface WireSchema {
  readonly schema: ObjectSchema
  /**
   * The property that holds the value when the user's schema is not an object
   * at its root; `null` when the object is the value itself.
   */
  readonly wrapped: string | null
}

/** What `tools/list` says of one tool. */
export interface ToolDescription {
  readonly title?: string
  readonly description: string
  readonly icons?: readonly Icon[]
  readonly annotations?: Readonly<Record<string, boolean>>
  readonly input: WireSchema
  readonly output: WireSchema | null
  /** For clients that know more than the protocol does. */
  readonly _meta?: Readonly<Record<string, unknown>>
}

/** What `schemas.gen.ts` says of the tools. */
export type Schemas = Readonly<Record<string, ToolDescription>>

/** What `resources/list` and `resources/templates/list` say of one resource. */
export interface ResourceDescription {
  readonly title?: string
  readonly description: string
  readonly icons?: readonly Icon[]
  readonly mimeType?: string
}

/** What `schemas.gen.ts` says of the resources. */
export type ResourceDescriptions = Readonly<Record<string, ResourceDescription>>

/** What `prompts/list` says of one prompt. */
export interface PromptDescription {
  readonly title?: string
  readonly description: string
  readonly icons?: readonly Icon[]
  /** In the order of the schema. */
  readonly arguments: readonly PromptArgument[]
}

export interface PromptArgument {
  readonly name: string
  readonly title?: string
  readonly description?: string
  readonly required: boolean
}

/** What `schemas.gen.ts` says of the prompts. */
export type PromptDescriptions = Readonly<Record<string, PromptDescription>>

/** Parses values: any Standard Schema, version 1. */
export interface ParsingSchema {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => unknown
  }
}

/** What may have a rule about the object that a request is about. */
export interface RuledModule {
  /** Gets `{ input, caller, services }`, and says `true` or refuses. */
  authorize?(request: unknown): unknown
}

/** A tool as the user wrote it. */
export interface ToolModule extends RuledModule {
  readonly input?: ParsingSchema | undefined
  readonly output?: ParsingSchema | undefined
  /** Which scopes a call needs besides, by its arguments. */
  readonly argumentScopes?: { pick(input: unknown): unknown } | undefined
  /** A method, not a function, so that a handler with an input of its own fits: it gets what its own schema parsed. */
  run(input: unknown, context: unknown): unknown
}

/** The content of `tools.gen.ts`. */
export type Tools = Readonly<Record<string, ToolModule>>

/** Functions by the name of the variable or argument that they suggest values for. */
export type Completers = Readonly<Record<string, unknown>>

/** A resource as the user wrote it. */
export interface ResourceModule extends RuledModule {
  /** A schema for each variable of its URI. */
  readonly variables?: Readonly<Record<string, ParsingSchema>> | undefined
  readonly complete?: Completers | undefined
  /** Whether a caller may know of a resource and its changes: everybody with the scopes, or whom this says. */
  readonly subscribe?: true | ((variables: never, context: never) => unknown) | undefined
  list?(context: unknown): unknown
  read(variables: unknown, context: unknown): unknown
}

/** The content of `resources.gen.ts`. */
export type Resources = Readonly<Record<string, ResourceModule>>

/** A prompt as the user wrote it. */
export interface PromptModule extends RuledModule {
  readonly arguments?: ParsingSchema | undefined
  readonly complete?: Completers | undefined
  run(args: unknown, context: unknown): unknown
}

/** The content of `prompts.gen.ts`. */
export type Prompts = Readonly<Record<string, PromptModule>>

/** Tells subscribers that something changed. */
export interface Changes {
  /** The resource with this URI: what it holds changed, or it is gone. */
  resource(uri: string): void
  /**
   * Which resources there are: for everybody, or for one subject, of the issuer that is named.
   *
   * @throws {TypeError} for a subject without an issuer where several issue tokens, and for what is no subject
   */
  resourceList(whose?: { readonly subject: string; readonly issuer?: string }): void
  toolList(): void
  promptList(): void
}

/** The user's `mcp/services.ts`. */
export interface ServicesModule {
  open(boot: { readonly changes: Changes }): unknown
  /** Gets what `open` gave, whose type only this module knows. */
  close?(services: unknown): void | Promise<void>
}

/** Everything that a generated server is made of. */
export interface ServerDefinition {
  readonly policy: Policy
  readonly schemas: Schemas
  readonly tools: Tools
  readonly resourceDescriptions?: ResourceDescriptions
  readonly resources?: Resources
  readonly promptDescriptions?: PromptDescriptions
  readonly prompts?: Prompts
  readonly services?: ServicesModule
}
