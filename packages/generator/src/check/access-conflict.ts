import { diagnostic } from '../diagnostics/diagnostic.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import type { Rule } from './rule.js'

export const accessConflict: Rule = ({ model }) =>
  itemsOf(model)
    .filter(({ access }) => access.kind === 'conflict')
    .map((item) => {
      const { place, other } = item.access
      const related = other === undefined ? [] : [{ message: 'its scopes are here', place: other }]
      return diagnostic('access-conflict', place, { item: nameOf(item) }, related)
    })
