import { diagnostic } from '../diagnostics/diagnostic.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import type { Rule } from './rule.js'

export const emptyScopes: Rule = ({ model }) =>
  itemsOf(model)
    .filter(({ access }) => access.kind === 'scopes' && access.scopes.length === 0)
    .map((item) => diagnostic('empty-scopes', item.access.place, { item: nameOf(item) }))
