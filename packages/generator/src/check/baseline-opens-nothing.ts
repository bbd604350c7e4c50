import { diagnostic } from '../diagnostics/diagnostic.js'
import { baselineScopes, isReachable } from '../model/baseline.js'
import { itemsOf } from '../model/items.js'
import type { Rule } from './rule.js'

/** A first login that opens nothing is the end for clients that do not ask a second time. */
export const baselineOpensNothing: Rule = ({ model }) => {
  const first = model.scopes.find(({ baseline }) => baseline)
  const items = itemsOf(model)
  const granted = baselineScopes(model.scopes)
  if (first === undefined || items.length === 0) return []
  if (items.some(({ access }) => isReachable(access, granted))) return []
  const names = model.scopes.filter(({ baseline }) => baseline).map(({ name }) => `'${name}'`)
  return [diagnostic('baseline-opens-nothing', first.place, { scopes: names.join(', ') })]
}
