import type { Evaluator } from './analyse/evaluator.js'
import type { Memory } from './analyse/memory.js'
import { check } from './check/check.js'
import { type Diagnostic, hasErrors } from './diagnostics/diagnostic.js'
import type { LoadedProject, Loader } from './load/project.js'
import { model } from './model/model.js'
import type { ServerModel } from './model/server-model.js'

/** What a project means, and every finding about it. */
export interface CheckedProject {
  readonly project: LoadedProject
  /** Null if something is wrong with it. */
  readonly model: ServerModel | null
  /** Of one step before the next: what could not be loaded is not checked. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Loads, analyses and checks a project: what a build and everything that only looks have in common. */
export async function checkProject(loader: Loader, evaluator: Evaluator, memory?: Memory): Promise<CheckedProject> {
  const project = loader.load()
  const loading = project.diagnostics
  if (hasErrors(loading)) return { project, model: null, diagnostics: loading }
  const { analyse } = await import('./analyse/analyse.js')
  const { facts, diagnostics: analysing } = await analyse(project, evaluator, memory)
  const server = model(facts)
  const checking = check({ model: server, existing: project.existing, hasErrors: hasErrors(analysing) })
  const diagnostics = [...loading, ...analysing, ...checking]
  return { project, model: hasErrors(diagnostics) ? null : server, diagnostics }
}
