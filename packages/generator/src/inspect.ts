import { createEvaluator, MODULE_TIMEOUT_SECONDS } from './analyse/evaluator.js'
import { checkProject } from './check-project.js'
import type { Diagnostic } from './diagnostics/diagnostic.js'
import { sortDiagnostics } from './diagnostics/sort.js'
import { findMissing } from './load/find-missing.js'
import { unreadable } from './load/unreadable.js'
import type { ServerModel } from './model/server-model.js'

export interface Inspection {
  /** What the project means; null if something is wrong with it. */
  readonly model: ServerModel | null
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads and checks a project as a build does, and writes nothing. `directory` is absolute. */
export async function inspect(directory: string): Promise<Inspection> {
  const missing = findMissing(directory)
  if (missing.length > 0) return { model: null, diagnostics: missing }
  const evaluator = createEvaluator({ directory, timeoutSeconds: MODULE_TIMEOUT_SECONDS, keepsSpare: false })
  try {
    const { createLoader } = await import('./load/project.js')
    const { model, diagnostics } = await checkProject(createLoader(directory), evaluator)
    return { model, diagnostics: sortDiagnostics(diagnostics) }
  } catch (error) {
    const found = unreadable(directory, error)
    if (found === null) throw error
    return { model: null, diagnostics: [found] }
  } finally {
    evaluator.close()
  }
}
