import { resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { createEvaluator, type Evaluator, MODULE_TIMEOUT_SECONDS } from './analyse/evaluator.js'
import type { Memory } from './analyse/memory.js'
import { checkProject } from './check-project.js'
import { type Diagnostic, hasErrors } from './diagnostics/diagnostic.js'
import { sortDiagnostics } from './diagnostics/sort.js'
import { findMissing } from './load/find-missing.js'
import type { LoadedProject, Loader } from './load/project.js'
import { unreadable } from './load/unreadable.js'
import { type Change, isLooser } from './lock/change.js'
import { type Review, review } from './lock/review.js'
import { staleFindings } from './lock/stale.js'
import { isOurs } from './model/first-line.js'
import type { ServerModel } from './model/server-model.js'
import { type RenderedFile, render } from './render/render.js'
import type { Disk } from './write/disk.js'
import type { Patience } from './write/exclusively.js'
import { plan, type WritePlan } from './write/plan.js'
import { replaceOutput } from './write/replace-output.js'

export interface BuildOptions {
  /** The folder that holds `mcp/`. */
  readonly project: string
  /** Other files of the project that belong to what is built, such as `main.ts`; `sources` tells of them as well. */
  readonly programs?: readonly string[]
  /** How long one module of the project may take to load; 30 seconds by default. */
  readonly moduleTimeoutSeconds?: number
  /** Writes nothing, and finds what a build would write, and access that became looser. */
  readonly check?: boolean
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
  /** What became of access since it was recorded; null if the spec has errors. */
  readonly access: AccessReport | null
}

export interface AccessReport {
  /** `kept` is a lock that says something else, and is left for somebody to look at. */
  readonly lock: 'write' | 'unchanged' | 'kept'
  /** What is looser comes first. */
  readonly changes: readonly Change[]
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

/** Builds a project once. */
export function build(options: BuildOptions): Promise<BuildResult> {
  const builder = createBuilder(options, { keepsSpare: false, recordsAccess: true })
  return builder.build().finally(() => builder.close())
}

/** How a builder works, as opposed to what it builds. */
export interface BuilderOptions {
  /** Whether it gets ready for another build. */
  readonly keepsSpare: boolean
  /** Whether the lock follows what is not looser. What is saved while somebody tries something out is no record. */
  readonly recordsAccess: boolean
  readonly disk?: Disk
  readonly patience?: Patience
}

/** A builder keeps what it parsed and loaded, so that the next build reads only what changed. */
export function createBuilder(
  options: BuildOptions,
  { keepsSpare, recordsAccess, disk, patience }: BuilderOptions = { keepsSpare: true, recordsAccess: false },
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
      memory ??= (await import('./analyse/memory.js')).createMemory()
      loader ??= createLoader(directory, options.programs)
      try {
        const { project, model: server, diagnostics } = await checkProject(loader, evaluator, memory)
        if (server === null) return failed(diagnostics, project)
        const reviewed = await review(directory, server, { isExpected: recordsAccess && hasOurs(project) })
        if (hasErrors(reviewed.diagnostics)) return failed([...diagnostics, ...reviewed.diagnostics], project)
        const rendered = renderAgain(server)
        if (options.check === true) return checked(project, server, rendered, reviewed, diagnostics)
        const found = [...diagnostics, ...reviewed.diagnostics]
        const access = accessReport(reviewed, recordsAccess)
        const output = { rendered, lock: access.lock === 'write' ? reviewed.text : null }
        const outcome = await replaceOutput({ project, model: server, output, disk, patience })
        if ('refused' in outcome) return failed([...found, ...outcome.refused], project)
        return succeeded(project, server, outcome.steps, access, found)
      } catch (error) {
        const found = unreadable(directory, error)
        if (found === null) throw error
        return failed([found], null)
      }
    },
  }
}

function accessReport({ state, changes, diagnostics }: Review, records: boolean): AccessReport {
  if (state === 'current') return { lock: 'unchanged', changes }
  // A lock that was taken away could have said anything.
  const isToBeSeen = changes.some(isLooser) || diagnostics.length > 0
  return { lock: records && !isToBeSeen ? 'write' : 'kept', changes }
}

/** Whether a build was here before, which writes a lock beside what it generates. */
function hasOurs({ existing }: LoadedProject): boolean {
  return existing.some(({ path, text }) => isOurs(path, text))
}

/** A change of a handler leaves the model as it was, and with it every generated file. */
function createRenderMemory(): typeof render {
  let last: { readonly model: ServerModel; readonly files: readonly RenderedFile[] } | null = null
  return (server) => {
    if (last === null || !isDeepStrictEqual(last.model, server)) last = { model: server, files: render(server) }
    return last.files
  }
}

function checked(
  project: LoadedProject,
  server: ServerModel,
  rendered: readonly RenderedFile[],
  reviewed: Review,
  diagnostics: readonly Diagnostic[],
): BuildResult {
  const access = accessReport(reviewed, false)
  const steps = plan(rendered, project.existing)
  const found = [...diagnostics, ...staleFindings(steps, project.existing, reviewed)]
  return hasErrors(found) ? { ...failed(found, project), access } : succeeded(project, server, steps, access, found)
}

function succeeded(
  project: LoadedProject,
  server: ServerModel,
  steps: WritePlan,
  access: AccessReport,
  found: readonly Diagnostic[],
): BuildResult {
  const files = steps.map(({ path, action }) => ({ path, action }))
  return { diagnostics: sortDiagnostics(found), files, model: server, access, ...sourcesOf(project) }
}

function failed(diagnostics: readonly Diagnostic[], project: LoadedProject | null): BuildResult {
  return { diagnostics: sortDiagnostics(diagnostics), files: [], model: null, access: null, ...sourcesOf(project) }
}

function sourcesOf(project: LoadedProject | null): Pick<BuildResult, 'sources' | 'missingSources'> {
  return { sources: project?.sources() ?? [], missingSources: project?.missingSources() ?? [] }
}
