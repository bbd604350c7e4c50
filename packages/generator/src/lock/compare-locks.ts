import type { AccessLock } from './access-lock.js'
import { type Change, sortChanges } from './change.js'
import { compareAudience } from './compare-audience.js'
import { compareHints } from './compare-hints.js'
import { compareIssuers } from './compare-issuers.js'
import { compareItems } from './compare-items.js'
import { compareLimits } from './compare-limits.js'
import { compareResources } from './compare-resources.js'
import { compareSchemas } from './compare-schemas.js'
import { compareScopes } from './compare-scopes.js'
import { compareSubscriptions } from './compare-subscriptions.js'
import { compareUses } from './compare-uses.js'

/** One kind of difference. */
type Comparison = (before: AccessLock, after: AccessLock) => readonly Change[]

const COMPARISONS: readonly Comparison[] = [
  compareAudience,
  compareIssuers,
  compareScopes,
  compareLimits,
  compareItems,
  compareResources,
  compareSubscriptions,
  compareHints,
  compareUses,
  compareSchemas,
]

/** Every difference between two locks, what is looser first. Empty if and only if they hold the same. */
export function compareLocks(before: AccessLock, after: AccessLock): readonly Change[] {
  return sortChanges(COMPARISONS.flatMap((compare) => compare(before, after)))
}
