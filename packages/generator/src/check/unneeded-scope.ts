import { diagnostic } from '../diagnostics/diagnostic.js'
import { baselineScopes, isReachable } from '../model/baseline.js'
import { itemsOf } from '../model/items.js'
import { askedFor } from '../model/scope-sets.js'
import type { Rule } from './rule.js'

/**
 * A scope that nothing needs: not by its name, not for what it implies, not as a
 * part of one that is needed. A baseline that opens nothing has a rule of its own.
 */
export const unneededScope: Rule = ({ model }) => {
  const items = itemsOf(model)
  const needed = new Set(items.flatMap(askedFor).map(({ value }) => value))
  // A project in which nothing has scopes yet is at its beginning.
  if (needed.size === 0) return []
  const parts = new Set(model.scopes.flatMap(({ name, satisfies }) => (needed.has(name) ? satisfies : [])))
  const granted = baselineScopes(model.scopes)
  const isOpened = items.some(({ access }) => isReachable(access, granted))
  return model.scopes
    .filter(({ baseline }) => isOpened || !baseline)
    .filter(({ name, satisfies }) => ![name, ...satisfies].some((scope) => needed.has(scope)) && !parts.has(name))
    .map(({ name, place }) => diagnostic('unneeded-scope', place, { scope: name }))
}
