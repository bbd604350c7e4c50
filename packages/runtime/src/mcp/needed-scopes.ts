import type { AccessPolicy } from '../definition.js'

/** The scopes that a policy requires, for the log. */
export function neededScopes(rule: AccessPolicy | undefined): readonly string[] {
  return rule?.access === 'scopes' ? [...rule.scopes] : []
}
