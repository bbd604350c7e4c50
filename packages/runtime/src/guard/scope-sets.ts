import type { AccessPolicy } from '../definition.js'

/**
 * The sets of scopes of which a caller needs one, all of it; none where no scope
 * is asked for. `more` is needed with each of them.
 */
export function scopeSetsOf(policy: AccessPolicy, more: readonly string[] = []): readonly (readonly string[])[] {
  switch (policy.access) {
    case 'scopes':
      return [withMore(policy.scopes, more)]
    case 'any-of':
      return policy.anyOf.map((set) => withMore(set, more))
    default:
      return more.length === 0 ? [] : [more]
  }
}

/** An empty set stays empty: it is none, and what is added to it does not make it one. */
function withMore(set: readonly string[], more: readonly string[]): readonly string[] {
  return set.length === 0 ? set : [...new Set([...set, ...more])]
}
