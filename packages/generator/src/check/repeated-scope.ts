import { diagnostic } from '../diagnostics/diagnostic.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import { scopeSetsOf } from '../model/scope-sets.js'
import type { Rule } from './rule.js'

/** Within one set: two sets may well have a scope in common. */
export const repeatedScope: Rule = ({ model }) =>
  itemsOf(model).flatMap((item) =>
    scopeSetsOf(item.access).flatMap((set) =>
      set
        .filter(({ value }, index) => set.findIndex((other) => other.value === value) < index)
        .map(({ value, place }) => diagnostic('repeated-scope', place, { item: nameOf(item), scope: value })),
    ),
  )
