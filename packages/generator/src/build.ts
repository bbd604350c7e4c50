import { resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { createEvaluator, type Evaluator } from './analyse/evaluator.js'
import type { Memory } from './analyse/memory.js'
import { check } from './check/check.js'
import { type Diagnostic, diagnostic, startOf } from './diagnostics/diagnostic.js'
import { sortDiagnostics } from './diagnostics/sort.js'
import { findMissing } from './load/find-missing.js'
import type { LoadedProject, Loader } from './load/project.js'
import { model } from './model/model.js'
import type { ServerModel } from './model/server-model.js'
import { type RenderedFile, render } from './render/render.js'
import { plan, type WritePlan } from './write/plan.js'
import { write } from './write/write.js'

export interface BuildOptions {
  /** The folder that holds `mcp/`. */
  readonly project: string
  /** Other files of the project that belong to what is built, such as `main.ts`; `sources` tells of them as well. */
  readonly programs?: readonly string[]
  /** How long one module of the project may take to load; 30 seconds by default. */
  readonly moduleTimeoutSeconds?: number
}

export interface BuildResult {
  /** Sorted by place. With an error among them nothing was written. */
  readonly diagnostics: readonly Diagnostic[]
  /** What was done to each generated file; empty if there are errors. */
  readonly files: readonly BuiltFile[]
  /** The project's own source files that the result depends on. */
  readonly sources: readonly string[]
  /** Where files would stand that those import and that are not there: if one comes, the result changes. */
  readonly missingSources: readonly string[]
  /** What was built; null if there are errors. */
  readonly model: ServerModel | null
}

export interface BuiltFile {
  readonly path: string
  readonly action: 'write' | 'unchanged' | 'remove'
}

/** Builds one project, as often as it is asked to. */
export interface Builder {
  build(): Promise<BuildResult>
  /** Lets go of what was kept for the next build. */
  close(): void
}

const MODULE_TIMEOUT_SECONDS = 30

/** Builds a project once. */
export function build(options: BuildOptions): Promise<BuildResult> {
  const builder = createBuilder(options, { keepsSpare: false })
  return builder.build().finally(() => builder.close())
}

/** A builder keeps what it parsed and loaded, so that the next build reads only what changed. */
export function createBuilder(
  options: BuildOptions,
  { keepsSpare }: { readonly keepsSpare: boolean } = { keepsSpare: true },
): Builder {
  const directory = resolve(options.project)
  const timeoutSeconds = options.moduleTimeoutSeconds ?? MODULE_TIMEOUT_SECONDS
  let evaluator: Evaluator | null = null
  let loader: Loader | null = null
  let memory: Memory | null = null
  const renderAgain = createRenderMemory()
  return {
    close: () => evaluator?.close(),
    async build() {
      const missing = findMissing(directory)
      if (missing.length > 0) return failed(missing, null)
      // It starts a process at once, which gets ready while the compiler is loaded and the source is parsed.
      evaluator ??= createEvaluator({ directory, timeoutSeconds, keepsSpare })
      const { createLoader } = await import('./load/project.js')
      const { analyse } = await import('./analyse/analyse.js')
      memory ??= (await import('./analyse/memory.js')).createMemory()
      loader ??= createLoader(directory, options.programs)
      const project = loader.load()
      const loading = project.diagnostics
      if (hasErrors(loading)) return failed(loading, project)

      const { facts, diagnostics: analysing } = await analyse(project, evaluator, memory)
      const server = model(facts)
      const checking = check({ model: server, existing: project.existing, hasErrors: hasErrors(analysing) })
      const diagnostics = [...loading, ...analysing, ...checking]
      if (hasErrors(diagnostics)) return failed(diagnostics, project)

      return written(project, server, plan(renderAgain(server), project.existing), diagnostics)
    },
  }
}

/** A change of a handler leaves the model as it was, and with it every generated file. */
function createRenderMemory(): typeof render {
  let last: { readonly model: ServerModel; readonly files: readonly RenderedFile[] } | null = null
  return (server) => {
    if (last === null || !isDeepStrictEqual(last.model, server)) last = { model: server, files: render(server) }
    return last.files
  }
}

function written(
  project: LoadedProject,
  server: ServerModel,
  steps: WritePlan,
  diagnostics: readonly Diagnostic[],
): BuildResult {
  const failure = write(project.directory, steps)
  if (failure !== null) {
    const { path, problem } = failure
    return failed([...diagnostics, diagnostic('write-failed', startOf(path), { file: path, problem })], project)
  }
  const files = steps.map(({ path, action }) => ({ path, action }))
  return { diagnostics: sortDiagnostics(diagnostics), files, model: server, ...sourcesOf(project) }
}

function failed(diagnostics: readonly Diagnostic[], project: LoadedProject | null): BuildResult {
  return { diagnostics: sortDiagnostics(diagnostics), files: [], model: null, ...sourcesOf(project) }
}

function sourcesOf(project: LoadedProject | null): Pick<BuildResult, 'sources' | 'missingSources'> {
  return { sources: project?.sources() ?? [], missingSources: project?.missingSources() ?? [] }
}

function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error')
}
