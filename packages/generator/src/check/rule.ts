import type { Diagnostic } from '../diagnostics/diagnostic.js'
import type { ExistingFile } from '../load/existing-output.js'
import type { ServerModel } from '../model/server-model.js'

export interface CheckInput {
  readonly model: ServerModel
  /** What stands in `generated/` before the build. */
  readonly existing: readonly ExistingFile[]
  /** Whether something was found wrong before: what could not be read is not in the model. */
  readonly hasErrors?: boolean
}

/** One rule: every finding of one kind of broken state. */
export type Rule = (input: CheckInput) => readonly Diagnostic[]
