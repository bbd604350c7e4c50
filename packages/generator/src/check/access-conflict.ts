import { diagnostic } from '../diagnostics/diagnostic.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import type { Rule } from './rule.js'

export const accessConflict: Rule = ({ model }) =>
  itemsOf(model)
    .filter(({ access }) => access.kind === 'conflict')
    .map((item) => diagnostic('access-conflict', item.access.place, { item: nameOf(item) }))
