import { diagnostic } from '../diagnostics/diagnostic.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import { tokenExchangesOf } from '../model/token-exchanges.js'
import type { Rule } from './rule.js'

/** Tokens come from the issuer of the caller's: one that is not said to exchange any gives none. */
export const downstreamNotOffered: Rule = ({ model }) => {
  if (model.server === null || typeof model.server.auth === 'string') return []
  if (tokenExchangesOf(model.server).length > 0) return []
  return itemsOf(model).flatMap((item) =>
    item.downstream === null
      ? []
      : [diagnostic('downstream-not-offered', item.downstream.place, { item: nameOf(item) })],
  )
}
