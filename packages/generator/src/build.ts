import { resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { createEvaluator, type Evaluator } from './analyse/evaluator.js'
import type { Memory } from './analyse/memory.js'
import { check } from './check/check.js'
import { foreignFile } from './check/foreign-file.js'
import { type Diagnostic, diagnostic, startOf } from './diagnostics/diagnostic.js'
import { sortDiagnostics } from './diagnostics/sort.js'
import { type ExistingFile, readExistingOutput } from './load/existing-output.js'
import { findMissing } from './load/find-missing.js'
import { GENERATED_DIRECTORY } from './load/layout.js'
import type { LoadedProject, Loader } from './load/project.js'
import { unreadable } from './load/unreadable.js'
import { model } from './model/model.js'
import type { ServerModel } from './model/server-model.js'
import { type RenderedFile, render } from './render/render.js'
import { type Disk, realDisk } from './write/disk.js'
import { BUSY, exclusively, type Patience } from './write/exclusively.js'
import { plan, type WritePlan } from './write/plan.js'
import { isLeftOver, removeLeftOvers, type WriteFailure, write } from './write/write.js'

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

/** How a builder works, as opposed to what it builds. */
export interface BuilderOptions {
  /** Whether it gets ready for another build. */
  readonly keepsSpare: boolean
  readonly disk?: Disk
  readonly patience?: Patience
}

/** A builder keeps what it parsed and loaded, so that the next build reads only what changed. */
export function createBuilder(
  options: BuildOptions,
  { keepsSpare, disk = realDisk, patience }: BuilderOptions = { keepsSpare: true },
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
      try {
        const project = loader.load()
        const loading = project.diagnostics
        if (hasErrors(loading)) return failed(loading, project)

        const { facts, diagnostics: analysing } = await analyse(project, evaluator, memory)
        const server = model(facts)
        const checking = check({ model: server, existing: project.existing })
        const diagnostics = [...loading, ...analysing, ...checking]
        if (hasErrors(diagnostics)) return failed(diagnostics, project)

        const rendered = renderAgain(server)
        const outcome = await written(project, server, rendered, disk, patience)
        if ('refused' in outcome) return failed([...diagnostics, ...outcome.refused], project)
        const files = outcome.steps.map(({ path, action }) => ({ path, action }))
        return { diagnostics: sortDiagnostics(diagnostics), files, model: server, ...sourcesOf(project) }
      } catch (error) {
        const found = unreadable(directory, error)
        if (found === null) throw error
        return failed([found], null)
      }
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

type Outcome = { readonly steps: WritePlan } | { readonly refused: readonly Diagnostic[] }

/** What stands in `generated/` is looked at again once nobody else writes there: another build may just have. */
async function written(
  { directory, existing }: LoadedProject,
  server: ServerModel,
  rendered: readonly RenderedFile[],
  disk: Disk,
  patience: Patience | undefined,
): Promise<Outcome> {
  const steps = plan(rendered, existing)
  if (!hasWork(steps, existing)) return { steps }
  const outcome = await exclusively(
    directory,
    (): Outcome => {
      const present = readExistingOutput(directory)
      const foreign = foreignFile({ model: server, existing: present })
      if (foreign.length > 0) return { refused: foreign }
      removeLeftOvers(directory, present, disk)
      const current = plan(rendered, present)
      const failure = write(directory, current, disk)
      return failure === null ? { steps: current } : { refused: [writeFailed(failure)] }
    },
    patience,
  )
  return 'problem' in outcome ? { refused: [writeFailed(outcome)] } : outcome
}

function hasWork(steps: WritePlan, existing: readonly ExistingFile[]): boolean {
  return steps.some(({ action }) => action !== 'unchanged') || existing.some(({ path }) => isLeftOver(path))
}

function writeFailed({ path, problem }: WriteFailure): Diagnostic {
  if (problem === BUSY && path === GENERATED_DIRECTORY) return diagnostic('output-busy', startOf(path), {})
  return diagnostic('write-failed', startOf(path), { file: path, problem })
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
