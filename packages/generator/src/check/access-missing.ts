import { diagnostic } from '../diagnostics/diagnostic.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import type { Rule } from './rule.js'

export const accessMissing: Rule = ({ model }) =>
  itemsOf(model)
    .filter(({ access }) => access.kind === 'missing')
    .map((item) => diagnostic('access-missing', { ...item.place, length: 1 }, { item: nameOf(item) }))
