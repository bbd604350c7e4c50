import { diagnostic } from '../diagnostics/diagnostic.js'
import { itemsOf } from '../model/items.js'
import { tokenExchangesOf } from '../model/token-exchanges.js'
import type { Rule } from './rule.js'

/** A client that may act in every caller's name, and that nothing needs. */
export const exchangeUnused: Rule = ({ model }) =>
  itemsOf(model).some(({ downstream }) => downstream !== null)
    ? []
    : tokenExchangesOf(model.server).map(({ place }) => diagnostic('exchange-unused', place, {}))
