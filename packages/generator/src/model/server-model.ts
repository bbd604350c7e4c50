import type { Data } from '../analyse/data-of.js'
import type {
  AccessFact,
  ConditionsFact,
  Fact,
  ItemFacts,
  JsonSchema,
  LimitsFact,
  Located,
  ServerFacts,
  SubscribeFact,
  UsesFact,
  VariableFact,
} from '../analyse/facts.js'
import type { Place } from '../diagnostics/diagnostic.js'
import type { ClientId } from './clients.js'
import type { ItemKind } from './item-name.js'
import type { PromptArgumentModel } from './prompt-arguments.js'
import type { UriTemplate } from './uri-template.js'

/**
 * What the project means: names resolved, implications closed, schemas as they
 * travel, everything in a stable order. It may still be wrong: `check/` says so,
 * and only a model without errors is rendered.
 */
export interface ServerModel {
  /** What is generated besides the server, because the project has the packages for it. */
  readonly extras: Extras
  readonly server: ServerFacts | null
  /** The module of the services, as a path of the project. */
  readonly services: string | null
  /** The clients whose limits the schemas keep: those that the server names, or all. */
  readonly clients: readonly ClientId[]
  /** In the order of the source. */
  readonly scopes: readonly ScopeModel[]
  /** Sorted by name, then by module. */
  readonly tools: readonly ToolModel[]
  /** Sorted like the tools. */
  readonly resources: readonly ResourceModel[]
  /** Sorted like the tools. */
  readonly prompts: readonly PromptModel[]
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

/** What tools, resources and prompts have in common. */
export interface ItemModel {
  readonly kind: ItemKind
  readonly name: string
  readonly module: string
  readonly place: Place
  readonly access: AccessFact
  readonly conditions: ConditionsFact
  /** The services that its handlers get tokens for. */
  readonly downstream: ItemFacts['downstream']
  readonly description: Fact<string>
  readonly title: Fact<string>
  readonly icons: Located<Data> | null
  readonly hasHandler: boolean
  /** What its handler is given: the input of a tool, the variables of a resource, the arguments of a prompt. */
  readonly input: SchemaModel
}

export interface ToolModel extends ItemModel {
  readonly kind: 'tool'
  readonly metadata: Located<Data> | null
  readonly annotations: Located<Readonly<Record<string, unknown>>> | null
  readonly limits: LimitsFact
  readonly auditsArguments: boolean | null
  readonly output: SchemaModel | null
  readonly uses: UsesFact | null
}

export interface ResourceModel extends ItemModel {
  readonly kind: 'resource'
  readonly uri: Fact<string>
  /** The URI taken apart; null if it was refused already. */
  readonly template: UriTemplate | null
  readonly mimeType: Fact<string>
  readonly variables: readonly VariableFact[] | null
  readonly list: Place | null
  readonly subscribe: SubscribeFact | null
  readonly completes: readonly Located<string>[]
}

export interface PromptModel extends ItemModel {
  readonly kind: 'prompt'
  readonly arguments: readonly PromptArgumentModel[]
  readonly uses: UsesFact | null
  readonly completes: readonly Located<string>[]
}

export interface SchemaModel {
  readonly place: Place
  /** What the file declares, before it is given an object at its root; null if it was refused already. */
  readonly declared: JsonSchema | null
  readonly wire: WireSchema
}

export interface WireSchema {
  readonly schema: { readonly type: 'object'; readonly [keyword: string]: unknown }
  /** The property that holds the value, or null if the object is the value. */
  readonly wrapped: 'value' | null
}

export interface Extras {
  /** The access matrix as a test. */
  readonly accessTest: boolean
  /** The typed client. */
  readonly client: boolean
}
