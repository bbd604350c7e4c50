import { diagnostic } from '../diagnostics/diagnostic.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import type { Rule } from './rule.js'

export const handlerMissing: Rule = ({ model }) =>
  itemsOf(model)
    .filter(({ hasHandler }) => !hasHandler)
    .map((item) => {
      const handler = item.kind === 'resource' ? 'read' : 'run'
      return diagnostic('handler-missing', { ...item.place, length: 1 }, { item: nameOf(item), handler })
    })
