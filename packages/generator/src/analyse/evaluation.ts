import type { JsonSchema } from './facts.js'

/** What the process that loads the user's modules tells of each: plain JSON. */
export type Evaluated =
  | { readonly kind: 'tool'; readonly value: EvaluatedTool }
  | { readonly kind: 'server'; readonly value: Readonly<Record<string, unknown>> }
  | { readonly kind: 'threw'; readonly error: string }
  | { readonly kind: 'ended'; readonly exit: string }
  | { readonly kind: 'hung'; readonly seconds: number }

export interface EvaluatedTool {
  readonly description?: unknown
  readonly title?: unknown
  readonly annotations?: Readonly<Record<string, unknown>>
  readonly scopes?: unknown
  readonly access?: unknown
  readonly hasHandler: boolean
  readonly input?: EvaluatedSchema
  readonly output?: EvaluatedSchema
}

export type EvaluatedSchema =
  | { readonly schema: JsonSchema; readonly isRaw?: boolean }
  | { readonly problem: string; readonly isRaw?: boolean }

/** One module to load, and what its default export is. */
export interface EvaluationTask {
  /** A path of the project, with `/`. */
  readonly module: string
  readonly kind: 'tool' | 'server'
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
