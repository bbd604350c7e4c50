import type { AccessPolicy } from '../definition.js'

/** The sets of scopes of which a caller needs one, all of it; none where no scope is asked for. */
export function scopeSetsOf(policy: AccessPolicy): readonly (readonly string[])[] {
  if (policy.access === 'scopes') return [policy.scopes]
  return policy.access === 'any-of' ? policy.anyOf : []
}
