import type { Place } from '../diagnostics/diagnostic.js'
import type { ItemKind } from '../model/item-name.js'
import type { Data } from './data-of.js'
import type { JsonSchema } from './facts.js'

/** What the process that loads the user's modules tells of each: plain JSON. */
export type Evaluated =
  | { readonly kind: 'tool'; readonly value: EvaluatedTool }
  | { readonly kind: 'resource'; readonly value: EvaluatedResource }
  | { readonly kind: 'prompt'; readonly value: EvaluatedPrompt }
  | { readonly kind: 'server'; readonly value: Readonly<Record<string, unknown>>; readonly icons?: Data }
  | { readonly kind: 'threw'; readonly error: string; readonly place: Place | null; readonly unset: readonly Unset[] }
  | { readonly kind: 'ended'; readonly exit: string; readonly place: Place | null }
  | { readonly kind: 'hung'; readonly seconds: number }

/** A variable of the environment that a module read and that is not set. */
export interface Unset {
  readonly name: string
  readonly place: Place
}

/** What tools, resources and prompts have in common. */
export interface EvaluatedItem {
  readonly description?: unknown
  readonly title?: unknown
  readonly scopes?: unknown
  readonly access?: unknown
  readonly whenDenied?: unknown
  readonly onlyFor?: unknown
  readonly freshLogin?: unknown
  readonly acr?: unknown
  readonly argumentScopes?: unknown
  /** Whether it has a rule about each object. */
  readonly authorizes?: boolean
  /** Whether it can say which scopes its arguments need. */
  readonly picks?: boolean
  readonly uses?: unknown
  readonly icons?: Data
  readonly downstream?: unknown
  readonly hasHandler: boolean
}

export interface EvaluatedTool extends EvaluatedItem {
  readonly limits?: unknown
  readonly audit?: unknown
  readonly metadata?: Data
  readonly annotations?: Readonly<Record<string, unknown>>
  readonly input?: EvaluatedSchema
  readonly output?: EvaluatedSchema
}

export interface EvaluatedResource extends EvaluatedItem {
  readonly uri?: unknown
  readonly mimeType?: unknown
  /** A list, so that `__proto__` is a name like any other. */
  readonly variables: readonly EvaluatedVariable[]
  readonly lists: boolean
  /** What `subscribe` is: the type of its value. */
  readonly subscribes: string
  readonly completes: readonly string[]
}

export interface EvaluatedVariable {
  readonly name: string
  readonly outcome: EvaluatedSchema
}

export interface EvaluatedPrompt extends EvaluatedItem {
  readonly arguments?: EvaluatedSchema
  readonly completes: readonly string[]
}

export type EvaluatedSchema =
  | { readonly schema: JsonSchema; readonly isRaw?: boolean }
  | { readonly problem: string; readonly isRaw?: boolean }

/** One module to load, and what its default export is. */
export interface EvaluationTask {
  /** A path of the project, with `/`. */
  readonly module: string
  readonly kind: ItemKind | 'server'
}

/** What the parent sends once; the folder of the project is the first argument of the process. */
export interface EvaluationRequest {
  readonly tasks: readonly EvaluationTask[]
}

/** What the child sends: which module it starts with, and what came of it. */
export type EvaluationMessage =
  | { readonly type: 'started'; readonly module: string }
  | { readonly type: 'evaluated'; readonly module: string; readonly outcome: Evaluated }
  | { readonly type: 'finished' }
