import type { AccessFact } from '../analyse/facts.js'
import type { ScopeModel } from './server-model.js'

/** What a token of a first login satisfies: the baseline scopes and all that they imply. */
export function baselineScopes(scopes: readonly ScopeModel[]): ReadonlySet<string> {
  return new Set(scopes.filter(({ baseline }) => baseline).flatMap(({ name, satisfies }) => [name, ...satisfies]))
}

/** Whether a token that satisfies these scopes opens what has this rule. */
export function isReachable({ kind, scopes }: AccessFact, granted: ReadonlySet<string>): boolean {
  if (kind === 'authenticated' || kind === 'public') return true
  return kind === 'scopes' && scopes.length > 0 && scopes.every(({ value }) => granted.has(value))
}
