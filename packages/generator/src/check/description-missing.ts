import { diagnostic } from '../diagnostics/diagnostic.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import type { Rule } from './rule.js'

export const descriptionMissing: Rule = ({ model }) =>
  itemsOf(model).flatMap((item) => {
    const { place, description } = item
    if (description === 'unreadable') return []
    const params = { item: nameOf(item) }
    if (description === 'missing') return [diagnostic('description-missing', { ...place, length: 1 }, params)]
    return description.value.trim() === '' ? [diagnostic('description-missing', description.place, params)] : []
  })
