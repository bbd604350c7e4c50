import { diagnostic } from '../diagnostics/diagnostic.js'
import { baselineScopes, isReachable } from '../model/baseline.js'
import { itemsOf } from '../model/items.js'
import type { Rule } from './rule.js'

/**
 * A scope that nothing needs, neither by its name nor for what it implies. A
 * baseline that opens nothing has a rule of its own.
 */
export const unneededScope: Rule = ({ model }) => {
  const items = itemsOf(model)
  const needed = new Set(items.flatMap(({ access }) => access.scopes.map(({ value }) => value)))
  // A project in which nothing has scopes yet is at its beginning.
  if (needed.size === 0) return []
  const granted = baselineScopes(model.scopes)
  const isOpened = items.some(({ access }) => isReachable(access, granted))
  return model.scopes
    .filter(({ baseline }) => isOpened || !baseline)
    .filter(({ name, satisfies }) => !needed.has(name) && !satisfies.some((implied) => needed.has(implied)))
    .map(({ name, place }) => diagnostic('unneeded-scope', place, { scope: name }))
}
