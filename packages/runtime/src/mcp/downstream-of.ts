import { deepFreeze } from '../configuration/deep-freeze.js'
import type { Downstream, Reach } from '../definition.js'

/** Which services a policy lets a handler get tokens for; a copy, so that nothing widens it after boot. */
export function downstreamOf(policy: Reach | undefined): readonly Downstream[] {
  return deepFreeze(structuredClone(policy?.downstream ?? []))
}
