import { diagnostic } from '../diagnostics/diagnostic.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import type { Rule } from './rule.js'

/** What is public has no caller in whose name it could call anybody. */
export const downstreamWithoutCaller: Rule = ({ model }) =>
  itemsOf(model).flatMap((item) =>
    item.downstream !== null && item.access.kind === 'public'
      ? [diagnostic('downstream-without-caller', item.downstream.place, { item: nameOf(item) })]
      : [],
  )
