import { type Diagnostic, diagnostic, startOf } from '../diagnostics/diagnostic.js'
import type { ExistingFile } from '../load/existing-output.js'
import type { WritePlan, WriteStep } from '../write/plan.js'
import { LOCK_FILE } from './access-lock.js'
import type { Review } from './review.js'

/** What `--check` finds: everything that a build would write or remove, and what nobody accepted yet. */
export function staleFindings(
  steps: WritePlan,
  existing: readonly ExistingFile[],
  review: Review,
): readonly Diagnostic[] {
  const before = new Map(existing.map(({ path, text }) => [path, text]))
  return [
    ...steps.flatMap((step) => staleFile(step, before.get(step.path) ?? null)),
    ...staleLock(review),
    ...review.diagnostics.map((found): Diagnostic => ({ ...found, severity: 'error' })),
  ]
}

function staleFile(step: WriteStep, text: string | null): readonly Diagnostic[] {
  const { path: file } = step
  if (step.action === 'unchanged') return []
  if (step.action !== 'write') return [diagnostic('generated-stale', startOf(file), { file, problem: 'is left over' })]
  if (text === null) return [diagnostic('generated-stale', startOf(file), { file, problem: 'is missing' })]
  const { line, is, wanted } = firstDifference(text, step.text)
  const problem = `is stale: line ${line} is ${inQuotes(is)}, and would be ${inQuotes(wanted)}`
  return [
    diagnostic('generated-stale', { ...startOf(file), line, length: Math.max(1, is?.length ?? 1) }, { file, problem }),
  ]
}

interface Difference {
  readonly line: number
  /** Null where the text has ended. */
  readonly is: string | null
  readonly wanted: string | null
}

function firstDifference(text: string, wanted: string): Difference {
  const [has, wants] = [text.split(/\r?\n/), wanted.split('\n')]
  const index = Array.from({ length: Math.max(has.length, wants.length) }).findIndex((_, at) => has[at] !== wants[at])
  return { line: index + 1, is: has[index] ?? null, wanted: wants[index] ?? null }
}

const SHOWN = 100

function inQuotes(line: string | null): string {
  if (line === null) return 'not there'
  const text = line.trim()
  return `\`${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}\``
}

/** What is looser is told by itself: recording it is not for a build. */
function staleLock({ state, changes, diagnostics }: Review): readonly Diagnostic[] {
  if (state === 'missing' && diagnostics.length === 0)
    return [diagnostic('lock-stale', startOf(LOCK_FILE), { problem: 'is missing' })]
  if (state !== 'behind' || diagnostics.length > 0) return []
  const count = changes.length === 1 ? 'one change' : `${changes.length} changes`
  return [diagnostic('lock-stale', startOf(LOCK_FILE), { problem: `is behind what mcp/ says by ${count}` })]
}
