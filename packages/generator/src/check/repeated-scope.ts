import { diagnostic } from '../diagnostics/diagnostic.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import type { Rule } from './rule.js'

export const repeatedScope: Rule = ({ model }) =>
  itemsOf(model).flatMap((item) =>
    item.access.scopes.flatMap(({ value, place }, index) => {
      const first = item.access.scopes.slice(0, index).find((other) => other.value === value)
      if (first === undefined) return []
      const related = [{ message: 'it stands here already', place: first.place }]
      return [diagnostic('repeated-scope', place, { item: nameOf(item), scope: value }, related)]
    }),
  )
