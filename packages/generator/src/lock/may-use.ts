import type { AccessView } from '../render/policy-view.js'
import type { LockedScope } from './access-lock.js'

/** Which scopes there are, with what each implies. */
export type Scopes = Readonly<Record<string, LockedScope>>

/** Who may use something: what it needs, under the scopes of its time. */
export interface Rule {
  readonly access: AccessView
  readonly scopes: Scopes
}

/**
 * Whether there is a caller who may use something by `after` and might not by
 * `before`: nobody's token, any token, or a token with any set of scopes. It is
 * exact: to be kept out by `before` a caller must lack one needed scope, and the
 * one who has every scope that does not bring that one has the best chance.
 */
export function opens(before: Rule, after: Rule): boolean {
  const [was, is] = [before.access, after.access]
  if (was.access === 'public') return false
  if (is.access === 'public') return true
  if (was.access !== 'scopes') return false
  if (is.access !== 'scopes') return true
  const known = [...new Set([...Object.keys(before.scopes), ...Object.keys(after.scopes)])]
  return was.scopes.some((lacked) => {
    const held = known.filter((scope) => !granted(scope, before.scopes).has(lacked))
    const has = new Set(held.flatMap((scope) => [...granted(scope, after.scopes)]))
    return is.scopes.every((scope) => has.has(scope))
  })
}

/** What a token with this scope may do. */
function granted(scope: string, scopes: Scopes): ReadonlySet<string> {
  return new Set([scope, ...(Object.hasOwn(scopes, scope) ? (scopes[scope]?.implies ?? []) : [])])
}
