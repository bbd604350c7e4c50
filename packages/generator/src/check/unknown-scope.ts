import { diagnostic } from '../diagnostics/diagnostic.js'
import { didYouMean } from '../diagnostics/suggest.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import { askedFor } from '../model/scope-sets.js'
import { declaredAt } from './declared-at.js'
import type { Rule } from './rule.js'

export const unknownScope: Rule = ({ model }) => {
  // Without a list of declared scopes, which was reported, no scope is known or unknown.
  if (model.server === null || typeof model.server.scopes === 'string') return []
  const { scopes } = model.server
  const declared = model.scopes.map(({ name }) => name)
  return itemsOf(model).flatMap((item) =>
    askedFor(item)
      .filter(({ value }) => !declared.includes(value))
      .map(({ value, place }) =>
        diagnostic(
          'unknown-scope',
          place,
          { item: nameOf(item), scope: value, hint: didYouMean(value, declared) },
          declaredAt(value, model.scopes, scopes),
        ),
      ),
  )
}
