import { diagnostic } from '../diagnostics/diagnostic.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import { argumentScopesOf, scopeSetsOf } from '../model/scope-sets.js'
import type { Rule } from './rule.js'

/** Within one set, or within what arguments can ask for: two sets may well have a scope in common. */
export const repeatedScope: Rule = ({ model }) =>
  itemsOf(model).flatMap((item) =>
    [...scopeSetsOf(item.access), argumentScopesOf(item)].flatMap((set) =>
      set.flatMap(({ value, place }, index) => {
        const first = set.slice(0, index).find((other) => other.value === value)
        if (first === undefined) return []
        const related = [{ message: 'it stands here already', place: first.place }]
        return [diagnostic('repeated-scope', place, { item: nameOf(item), scope: value }, related)]
      }),
    ),
  )
