import type { ExpectedAccess, ExpectedItem } from '../expected-access.js'
import { eachScopeMissing } from './each-scope-missing.js'
import { everyScope } from './every-scope.js'
import { exactlyTheScopes } from './exactly-the-scopes.js'
import type { Holding, HoldingRule } from './holding.js'
import { implyingScopes } from './implying-scopes.js'
import { lookalikes } from './lookalikes.js'
import { noScope } from './no-scope.js'
import { setsOfScopes } from './sets-of-scopes.js'

const RULES: readonly HoldingRule[] = [
  noScope,
  eachScopeMissing,
  lookalikes,
  exactlyTheScopes,
  implyingScopes,
  everyScope,
]

/** Every set of scopes that an item is tried with. */
export function holdingsFor(item: ExpectedItem, expected: ExpectedAccess): readonly Holding[] {
  if (item.access === 'scopes') {
    return RULES.flatMap((rule) => rule(item, expected)).map((holding) => ({ ...holding, needed: item.scopes }))
  }
  if (item.access === 'any-of') return setsOfScopes(item, expected)
  return [
    { name: 'no scope at all', scopes: [], needed: [], missing: [] },
    { name: 'every scope of the server', scopes: Object.keys(expected.scopes), needed: [], missing: [] },
  ]
}
