import { createEvaluator } from './analyse/evaluator.js'
import { check } from './check/check.js'
import type { Diagnostic } from './diagnostics/diagnostic.js'
import { sortDiagnostics } from './diagnostics/sort.js'
import { findMissing } from './load/find-missing.js'
import { model } from './model/model.js'
import type { ServerModel } from './model/server-model.js'

export interface Inspection {
  /** What the project means; null if something is wrong with it. */
  readonly model: ServerModel | null
  readonly diagnostics: readonly Diagnostic[]
}

const MODULE_TIMEOUT_SECONDS = 30

/** Reads and checks a project as a build does, and writes nothing. */
export async function inspect(directory: string): Promise<Inspection> {
  const missing = findMissing(directory)
  if (missing.length > 0) return { model: null, diagnostics: missing }
  const evaluator = createEvaluator({ directory, timeoutSeconds: MODULE_TIMEOUT_SECONDS, keepsSpare: false })
  try {
    const { createLoader } = await import('./load/project.js')
    const { analyse } = await import('./analyse/analyse.js')
    const project = createLoader(directory).load()
    if (hasErrors(project.diagnostics)) return { model: null, diagnostics: sortDiagnostics(project.diagnostics) }
    const { facts, diagnostics } = await analyse(project, evaluator)
    const server = model(facts)
    const found = [...project.diagnostics, ...diagnostics, ...check({ model: server, existing: project.existing })]
    return { model: hasErrors(found) ? null : server, diagnostics: sortDiagnostics(found) }
  } finally {
    evaluator.close()
  }
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error')
}
