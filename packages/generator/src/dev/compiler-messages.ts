import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { ServerModel } from '../model/server-model.js'

/** compiler → supervisor */
export type FromCompiler =
  | { readonly type: 'building' }
  /** With an error among the findings there is nothing to run, and the last good generation stays. */
  | {
      readonly type: 'built'
      readonly milliseconds: number
      readonly diagnostics: readonly Diagnostic[]
      readonly built: Built | null
    }

/** supervisor → compiler */
export type ToCompiler =
  /** Only the folders of these are still of use. */
  { readonly type: 'keep'; readonly generations: readonly number[] }

/** A good build, ready to run. */
export interface Built {
  readonly generation: Generation
  /** The sources that differ from the build before, as paths of the project; none the first time. */
  readonly changed: readonly string[]
  /** Null if it is the one of the good build before: it is large, and seldom changes. */
  readonly model: ServerModel | null
}

/** One state of the project as JavaScript, in a folder of its own. */
export interface Generation {
  readonly number: number
  readonly directory: string
  /**
   * Whether only one process may have it open: its services, or what its own
   * `main.ts` brings, may hold what cannot be shared, such as a database in a folder.
   */
  readonly isExclusive: boolean
}
