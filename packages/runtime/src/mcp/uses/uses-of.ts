import type { Use, UsingPolicy } from '../../definition.js'

/** What a policy says that a handler uses; a copy, so that nothing widens it after boot. */
export function usesOf(policy: UsingPolicy | undefined): readonly Use[] {
  return Object.freeze([...(policy?.uses ?? [])])
}
