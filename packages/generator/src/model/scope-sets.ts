import type { AccessFact, Located } from '../analyse/facts.js'

/** The sets of scopes of which a caller needs one, all of it, as far as they could be read; none where no scope is asked for. */
export function scopeSetsOf({ kind, scopes, sets }: AccessFact): readonly (readonly Located<string>[])[] {
  if (kind === 'any-of') return sets.map(({ value }) => value)
  return kind === 'scopes' || scopes.length > 0 ? [scopes] : []
}
