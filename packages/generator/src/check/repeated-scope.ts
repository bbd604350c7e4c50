import { diagnostic } from '../diagnostics/diagnostic.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import type { Rule } from './rule.js'

export const repeatedScope: Rule = ({ model }) =>
  itemsOf(model).flatMap((item) =>
    item.access.scopes
      .filter(({ value }, index) => item.access.scopes.findIndex((other) => other.value === value) < index)
      .map(({ value, place }) => diagnostic('repeated-scope', place, { item: nameOf(item), scope: value })),
  )
