import { diagnostic } from '../diagnostics/diagnostic.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import { scopeSetsOf } from '../model/scope-sets.js'
import type { Rule } from './rule.js'

/** Also of sets of scopes, where there is no set or one of them is empty. */
export const emptyScopes: Rule = ({ model }) =>
  itemsOf(model)
    .filter(({ access }) => access.kind === 'scopes' || access.kind === 'any-of')
    .filter(({ access }) => {
      const sets = scopeSetsOf(access)
      return sets.length === 0 || sets.some((set) => set.length === 0)
    })
    .map((item) => diagnostic('empty-scopes', item.access.place, { item: nameOf(item) }))
