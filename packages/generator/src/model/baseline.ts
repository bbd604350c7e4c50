import type { AccessFact } from '../analyse/facts.js'
import { scopeSetsOf } from './scope-sets.js'
import type { ScopeModel } from './server-model.js'

/** What a token of a first login satisfies: the baseline scopes and all that they imply. */
export function baselineScopes(scopes: readonly ScopeModel[]): ReadonlySet<string> {
  return new Set(scopes.filter(({ baseline }) => baseline).flatMap(({ name, satisfies }) => [name, ...satisfies]))
}

/** Whether a token that satisfies these scopes opens what has this rule. */
export function isReachable(access: AccessFact, granted: ReadonlySet<string>): boolean {
  if (access.kind === 'authenticated' || access.kind === 'public') return true
  if (access.kind !== 'scopes' && access.kind !== 'any-of') return false
  return scopeSetsOf(access).some((set) => set.length > 0 && set.every(({ value }) => granted.has(value)))
}
