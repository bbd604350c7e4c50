import type { AccessView } from '../render/policy-view.js'
import type { LockedScope } from './access-lock.js'

/** Which scopes there are, with what each implies. */
export type Scopes = Readonly<Record<string, LockedScope>>

/** Who may use something: what it needs, under the scopes of its time. */
export interface Rule {
  readonly access: AccessView
  readonly scopes: Scopes
}

type ScopeSet = readonly string[]

/**
 * Whether there is a caller who may use something by `after` and might not by
 * `before`: nobody's token, any token, or a token with any set of scopes. It is
 * exact: to be kept out by `before` a caller must lack one scope of each of its
 * sets, and the one who has every scope that does not bring those has the best
 * chance.
 */
export function opens(before: Rule, after: Rule): boolean {
  if (before.access.access === 'public') return false
  if (after.access.access === 'public') return true
  const known = [...new Set([...Object.keys(before.scopes), ...Object.keys(after.scopes)])]
  const kept = setsOf(before.access)
  return setsOf(after.access).some((wanted) => {
    const isLetIn = (held: ScopeSet) => hasAll(held, wanted, after.scopes)
    return isLetIn(known) && canBeKeptOut(known, kept, before.scopes, isLetIn)
  })
}

/** The sets of which one is enough. Of nothing everybody has all. */
function setsOf(access: AccessView): readonly ScopeSet[] {
  if (access.access === 'scopes') return [access.scopes]
  return access.access === 'any-of' ? access.anyOf : [[]]
}

/**
 * Whether some part of these scopes has all of no set, and is let in all the same.
 * What leaves the fewest choices is looked at first, so that a dead end shows at once.
 */
function canBeKeptOut(
  held: ScopeSet,
  sets: readonly ScopeSet[],
  scopes: Scopes,
  isLetIn: (held: ScopeSet) => boolean,
): boolean {
  const open = sets.filter((set) => hasAll(held, set, scopes))
  if (open.length === 0) return true
  const choices = open.map((set) =>
    set.map((lacked) => held.filter((scope) => !granted(scope, scopes).has(lacked))).filter(isLetIn),
  )
  const [fewest = []] = choices.sort((a, b) => a.length - b.length)
  return fewest.some((rest) => canBeKeptOut(rest, open, scopes, isLetIn))
}

function hasAll(held: ScopeSet, needed: ScopeSet, scopes: Scopes): boolean {
  const has = new Set(held.flatMap((scope) => [...granted(scope, scopes)]))
  return needed.every((scope) => has.has(scope))
}

/** What a token with this scope may do. */
function granted(scope: string, scopes: Scopes): ReadonlySet<string> {
  return new Set([scope, ...(Object.hasOwn(scopes, scope) ? (scopes[scope]?.implies ?? []) : [])])
}
