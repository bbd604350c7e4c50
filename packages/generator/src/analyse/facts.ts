import type { Place } from '../diagnostics/diagnostic.js'
import type { Data } from './data-of.js'

/** What is written in the project, as plain data, each part with its place. */
export interface Facts {
  /** The packages that package.json declares. */
  readonly packages: readonly string[]
  readonly server: ServerFacts | null
  readonly services: string | null
  readonly tools: readonly ToolFacts[]
  readonly resources: readonly ResourceFacts[]
  readonly prompts: readonly PromptFacts[]
}

export interface Located<T> {
  readonly value: T
  readonly place: Place
}

/** Something that a spec should say: said, not said, or said in a way that was refused already. */
export type Fact<T> = Located<T> | 'missing' | 'unreadable'

export type SettingFact =
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'env'; readonly name: string; readonly development: string | null }

export interface ServerFacts {
  readonly module: string
  readonly place: Place
  readonly name: Fact<string>
  readonly version: Fact<string>
  readonly title: Fact<string>
  readonly icons: Located<Data> | null
  readonly instructions: Fact<string>
  readonly resource: Fact<SettingFact>
  readonly scopes: Fact<readonly ScopeFacts[]>
  /** In the order of the source. */
  readonly auth: Fact<readonly Located<AuthFacts>[]>
  readonly clients: Fact<readonly Located<string>[]>
  /** In which form refusals are sent. */
  readonly denials: Fact<string>
  readonly limits: LimitsFact
}

/** Limits in the order of the source; null if they could not be read, which was reported. */
export type LimitsFact = readonly LimitFact[] | null

export interface LimitFact {
  readonly name: string
  readonly value: unknown
  readonly place: Place
}

export interface ScopeFacts {
  readonly name: string
  readonly place: Place
  readonly description: Fact<string>
  readonly baseline: boolean
  readonly implies: readonly Located<string>[]
}

export type AuthFacts =
  | { readonly kind: 'embedded'; readonly issuer: Located<SettingFact> | null }
  | {
      readonly kind: 'oidc'
      readonly issuer: Located<SettingFact>
      readonly tokens: 'jwt' | 'opaque'
      readonly typ: 'at+jwt' | 'JWT'
      readonly introspection: IntrospectionFacts | null
      readonly scopeClaim: ScopeClaim | null
      /** The only scopes that its tokens can grant; null: all. */
      readonly scopes: readonly Located<string>[] | null
      readonly audienceCompatibility: Located<AudienceFacts> | null
      readonly allowedClientIds: readonly Located<string>[] | null
      readonly tenant: TenantFacts | null
      readonly tokenExchange: Located<TokenExchangeFacts> | null
    }

export type ScopeClaim = 'scope' | 'scp' | 'permissions'

export interface IntrospectionFacts {
  /** Nothing where the proof says it all. */
  readonly clientId: Located<SettingFact> | null
  /** By what this server shows who it is: the name of the property that holds it. */
  readonly proof: 'clientSecret' | 'apiKey' | 'privateKey'
  readonly secret: Located<SettingFact>
  readonly keyId: string | null
  readonly endpoint: Located<SettingFact> | null
  readonly cacheSeconds: number | null
}

/** How tokens are exchanged for tokens for other services, and as which client. */
export interface TokenExchangeFacts {
  readonly form: 'rfc8693' | 'entra-obo'
  readonly clientId: Located<SettingFact>
  /** By what this server shows who it is: the name of the property that holds it. */
  readonly proof: 'clientSecret' | 'privateKey'
  readonly secret: Located<SettingFact>
  readonly keyId: string | null
  readonly certificateThumbprint: string | null
  readonly endpoint: Located<SettingFact> | null
  readonly cacheSeconds: number | null
}

/** A service that a handler gets tokens for: by what it is named, and as which scopes. */
export interface DownstreamFact {
  readonly place: Place
  readonly kind: 'audience' | 'resource'
  readonly name: Located<string>
  readonly scopes: readonly Located<string>[]
}

/** The claim that names the tenant, and what it may say. */
export interface TenantFacts {
  readonly claim: string
  readonly values: readonly Located<string>[]
}

/** Which tokens count that are not for this resource: those for an audience, or of a client. */
export interface AudienceFacts {
  readonly kind: 'audiences' | 'clientIds'
  readonly entries: readonly Located<string>[]
}

/** What tools, resources and prompts have in common. */
export interface ItemFacts {
  readonly module: string
  readonly place: Place
  readonly access: AccessFact
  readonly conditions: ConditionsFact
  /** The services that its handlers get tokens for; null if nothing is said, or it was refused already. */
  readonly downstream: Located<readonly DownstreamFact[]> | null
  readonly description: Fact<string>
  readonly title: Fact<string>
  readonly icons: Located<Data> | null
  readonly hasHandler: boolean
}

/** What a handler does besides answering. */
export interface UsesFact {
  readonly names: readonly Located<string>[]
  readonly place: Place
  /** Whether that is all: what could not be read was refused already. */
  readonly whole: boolean
}

/** How a resource can be subscribed to. */
export interface SubscribeFact {
  readonly place: Place
  /** Whether a function says who may know of which one. */
  readonly asks: boolean
}

export interface ToolFacts extends ItemFacts {
  readonly uses: UsesFact | null
  readonly metadata: Located<Data> | null
  readonly annotations: Located<Readonly<Record<string, unknown>>> | null
  readonly limits: LimitsFact
  /** Whether its audit records hold arguments; null if that could not be read, which was reported. */
  readonly auditsArguments: boolean | null
  readonly input: SchemaFact | null
  readonly output: SchemaFact | null
}

export interface ResourceFacts extends ItemFacts {
  readonly uri: Fact<string>
  readonly mimeType: Fact<string>
  /** In the order of the source; null if the file could not be loaded, which was reported. */
  readonly variables: readonly VariableFact[] | null
  /** Where it says which concrete ones there are. */
  readonly list: Place | null
  readonly subscribe: SubscribeFact | null
  /** What it suggests values for. */
  readonly completes: readonly Located<string>[]
}

/** A schema of one variable of a URI. */
export interface VariableFact extends SchemaFact {
  readonly name: string
}

export interface PromptFacts extends ItemFacts {
  readonly uses: UsesFact | null
  readonly arguments: SchemaFact | null
  /** What it suggests values for. */
  readonly completes: readonly Located<string>[]
}

export interface AccessFact {
  readonly kind: 'scopes' | 'any-of' | 'authenticated' | 'public' | 'missing' | 'conflict' | 'unreadable'
  /** Every scope that it names. Empty unless `kind` is `scopes` or `any-of`. */
  readonly scopes: readonly Located<string>[]
  /** The sets of which one is enough. Empty unless `kind` is `any-of`. */
  readonly sets: readonly Located<readonly Located<string>[]>[]
  readonly place: Place
  /** Where the second answer stands, if `kind` is `conflict`. */
  readonly other?: Place
}

/** Which callers there is such a thing for; null for a list that is not there. */
export interface OnlyForFacts {
  readonly clientIds: readonly Located<string>[] | null
  readonly tenants: readonly Located<string>[] | null
  readonly issuers: readonly Located<SettingFact>[] | null
}

/** What is asked for besides who may use it; null where nothing is said, or where it was refused already. */
export interface ConditionsFact {
  readonly whenDenied: Located<'challenge' | 'hide'> | null
  readonly onlyFor: Located<OnlyForFacts> | null
  readonly freshLogin: Located<{ readonly maxAgeSeconds: number }> | null
  /** The levels of which a login needs one. */
  readonly acr: Located<readonly string[]> | null
  /** The scopes that it may ask for because of the arguments. */
  readonly argumentScopes: Located<readonly Located<string>[]> | null
  /** Where it has a rule about each object. */
  readonly authorize: Place | null
}

export type JsonSchema = boolean | { readonly [keyword: string]: unknown }

/** A schema that a file declares, converted; null if that was refused already. */
export interface SchemaFact {
  readonly place: Place
  readonly schema: JsonSchema | null
  /** Whether clients see it as it is written, because it was written as JSON Schema. */
  readonly isRaw: boolean
}
