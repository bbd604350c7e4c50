import { foreignFile } from '../check/foreign-file.js'
import { type Diagnostic, diagnostic, startOf } from '../diagnostics/diagnostic.js'
import { type ExistingFile, readExistingOutput } from '../load/existing-output.js'
import { GENERATED_DIRECTORY } from '../load/layout.js'
import type { LoadedProject } from '../load/project.js'
import { LOCK_FILE } from '../lock/access-lock.js'
import type { ServerModel } from '../model/server-model.js'
import type { RenderedFile } from '../render/render.js'
import { type Disk, realDisk } from './disk.js'
import { BUSY, exclusively, type Patience } from './exclusively.js'
import { plan, type WritePlan } from './plan.js'
import { isLeftOver, removeLeftOvers, type WriteFailure, write } from './write.js'

export interface Output {
  readonly rendered: readonly RenderedFile[]
  /** The text of `access.lock.json`; null to leave it as it is. */
  readonly lock: string | null
}

export type Outcome =
  /** What was done in `generated/`. */
  { readonly steps: WritePlan } | { readonly refused: readonly Diagnostic[] }

interface Replacement {
  readonly project: LoadedProject
  readonly model: ServerModel
  readonly output: Output
  readonly disk: Disk | undefined
  readonly patience: Patience | undefined
}

/**
 * Puts what was built in the place of what was there, all of it or nothing.
 * What stands in `generated/` is looked at again once nobody else writes there:
 * another build may just have.
 */
export async function replaceOutput({
  project: { directory, existing },
  model,
  output: { rendered, lock },
  disk = realDisk,
  patience,
}: Replacement): Promise<Outcome> {
  const steps = plan(rendered, existing)
  if (lock === null && !hasWork(steps, existing)) return { steps }
  // Last, so that it never says more than what is generated.
  const recorded: WritePlan = lock === null ? [] : [{ action: 'write', path: LOCK_FILE, text: lock }]
  const outcome = await exclusively(
    directory,
    (): Outcome => {
      const present = readExistingOutput(directory)
      const foreign = foreignFile({ model, existing: present })
      if (foreign.length > 0) return { refused: foreign }
      removeLeftOvers(directory, present, disk)
      const current = plan(rendered, present)
      const failure = write(directory, [...current, ...recorded], disk)
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
