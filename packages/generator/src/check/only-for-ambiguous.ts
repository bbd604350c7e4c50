import { diagnostic } from '../diagnostics/diagnostic.js'
import { issuersOf } from '../model/issuers.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import type { Rule } from './rule.js'

/**
 * RFC 6749 section 2.2: the id of a client is unique to one authorization server, and tenants are named by
 * each as it likes. Of several, somebody else of the same name could be let in.
 */
export const onlyForAmbiguous: Rule = ({ model }) => {
  if (issuersOf(model.server).length < 2) return []
  return itemsOf(model).flatMap((item) => {
    const { onlyFor } = item.conditions
    if (onlyFor === null || onlyFor.value.issuers?.length === 1) return []
    return (['clientIds', 'tenants'] as const)
      .filter((list) => onlyFor.value[list] !== null)
      .map((list) => diagnostic('only-for-ambiguous', onlyFor.place, { item: nameOf(item), list }))
  })
}
