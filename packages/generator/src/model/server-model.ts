import type { AccessFact, Fact, JsonSchema, Located, ServerFacts } from '../analyse/facts.js'
import type { Place } from '../diagnostics/diagnostic.js'
import type { ClientId } from './clients.js'

/**
 * What the project means: names resolved, implications closed, schemas as they
 * travel, everything in a stable order. It may still be wrong: `check/` says so,
 * and only a model without errors is rendered.
 */
export interface ServerModel {
  readonly server: ServerFacts | null
  /** The module of the services, as a path of the project. */
  readonly services: string | null
  /** The clients whose limits the schemas keep: those that the server names, or all. */
  readonly clients: readonly ClientId[]
  /** In the order of the source. */
  readonly scopes: readonly ScopeModel[]
  /** Sorted by name, then by module. */
  readonly tools: readonly ToolModel[]
}

export interface ScopeModel {
  readonly name: string
  readonly place: Place
  readonly description: Fact<string>
  readonly baseline: boolean
  /** The scopes that it names itself. */
  readonly implies: readonly Located<string>[]
  /** Every declared scope that it satisfies besides itself, in the order of the source. */
  readonly satisfies: readonly string[]
}

export interface ToolModel {
  readonly name: string
  readonly module: string
  readonly place: Place
  readonly access: AccessFact
  readonly description: Fact<string>
  readonly title: Fact<string>
  readonly annotations: Located<Readonly<Record<string, unknown>>> | null
  readonly hasHandler: boolean
  readonly input: SchemaModel
  readonly output: SchemaModel | null
}

export interface SchemaModel {
  readonly place: Place
  /** What the tool declares, before it is given an object at its root; null if it was refused already. */
  readonly declared: JsonSchema | null
  readonly wire: WireSchema
}

export interface WireSchema {
  readonly schema: { readonly type: 'object'; readonly [keyword: string]: unknown }
  /** The property that holds the value, or null if the object is the value. */
  readonly wrapped: 'value' | null
}
