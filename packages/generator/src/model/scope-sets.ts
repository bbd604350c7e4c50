import type { AccessFact, Located } from '../analyse/facts.js'
import type { ItemModel } from './server-model.js'

/** The sets of scopes of which a caller needs one, all of it, as far as they could be read; none where no scope is asked for. */
export function scopeSetsOf({ kind, scopes, sets }: AccessFact): readonly (readonly Located<string>[])[] {
  if (kind === 'any-of') return sets.map(({ value }) => value)
  return kind === 'scopes' || scopes.length > 0 ? [scopes] : []
}

/** Every scope that callers can be asked for because of it, as far as they could be read. */
export function askedFor({ access, conditions }: ItemModel): readonly Located<string>[] {
  return [...access.scopes, ...argumentScopesOf({ conditions })]
}

/** The scopes that its arguments can ask for. */
export function argumentScopesOf({ conditions }: Pick<ItemModel, 'conditions'>): readonly Located<string>[] {
  return conditions.argumentScopes?.value ?? []
}
