import { byCodeUnits } from '../model/order.js'

/**
 * What a change does to who may do what. `looser`: somebody may do something that
 * they might not before, or may do it with less asked; `new`: something is there
 * that was not, and only who has its scopes may use it; `none`: nobody gains or loses.
 */
export type Effect = 'looser' | 'new' | 'tighter' | 'none'

/** One difference between two locks, as plain data: what `access diff --format json` prints. */
export interface Change {
  readonly effect: Effect
  /** Whether a caller that worked before may be refused, or misread the answer. Who may call is not counted. */
  readonly breaks: boolean
  readonly subject: Subject
  /** What of the subject changed, such as `implies` or `input.id`. */
  readonly aspect: string
  /** In words; null where there was, or is, nothing. */
  readonly before: string | null
  readonly after: string | null
}

export interface Subject {
  readonly kind: SubjectKind
  /** The name of a scope, limit, tool or prompt, the URI of a resource; of the others the address or its variable. */
  readonly name: string
}

export type SubjectKind = 'audience' | 'issuer' | 'scope' | 'limit' | 'tool' | 'resource' | 'prompt'

/** How messages call it: `tool 'delete_note'`. */
export function subjectInWords({ kind, name }: Subject): string {
  return `${kind} '${name}'`
}

/** In words, without what it is about: `who may use it was notes:write, and is notes:read`. */
export function changeInWords({ aspect, before, after }: Change): string {
  if (before === null) return `${aspect}: ${after ?? ''}`
  return after === null ? `${aspect} was ${before}, and is gone` : `${aspect} was ${before}, and is ${after}`
}

const EFFECTS: readonly Effect[] = ['looser', 'new', 'tighter', 'none']
const KINDS: readonly SubjectKind[] = ['audience', 'issuer', 'scope', 'limit', 'tool', 'resource', 'prompt']

/** What has to be looked at comes first; then as in the lock. */
export function sortChanges(changes: readonly Change[]): readonly Change[] {
  return [...changes].sort(
    (a, b) =>
      EFFECTS.indexOf(a.effect) - EFFECTS.indexOf(b.effect) ||
      KINDS.indexOf(a.subject.kind) - KINDS.indexOf(b.subject.kind) ||
      byCodeUnits(a.subject.name, b.subject.name) ||
      byCodeUnits(a.aspect, b.aspect),
  )
}

export function isLooser({ effect }: Change): boolean {
  return effect === 'looser'
}
