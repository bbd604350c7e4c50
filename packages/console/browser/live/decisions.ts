import type { Decision } from '../../src/definition.js'

/** A decision under the number of its event, which no other one has. */
export interface Entry {
  readonly key: string
  readonly decision: Decision
}

export type Filter = 'all' | Decision['outcome']

const KEPT = 200

/** The list with one more, the newest first; what came twice (the stream began anew) is there once. */
export function withDecision(entries: readonly Entry[], entry: Entry): readonly Entry[] {
  if (entries.some(({ key }) => key === entry.key)) return entries
  return [entry, ...entries].slice(0, KEPT)
}

export function filtered(entries: readonly Entry[], filter: Filter): readonly Entry[] {
  return filter === 'all' ? entries : entries.filter(({ decision }) => decision.outcome === filter)
}

/** What is said of new decisions to somebody who does not see them come. */
export function announcement(fresh: readonly Entry[]): string {
  if (fresh.length === 0) return ''
  const [only] = fresh
  if (fresh.length === 1 && only) {
    const { method, name, outcome } = only.decision
    return `${name ?? method} ${outcome}`
  }
  const count = (outcome: Decision['outcome']): string => {
    const of = fresh.filter(({ decision }) => decision.outcome === outcome).length
    return of === 0 ? '' : `${of} ${outcome}`
  }
  return `${fresh.length} new decisions: ${[count('allowed'), count('refused'), count('failed')].filter(Boolean).join(', ')}`
}
