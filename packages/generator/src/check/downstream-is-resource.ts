import { diagnostic } from '../diagnostics/diagnostic.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import { foldedUrl } from './folded-url.js'
import type { Rule } from './rule.js'
import { settingValue } from './setting-value.js'

/** A token for this very server is one that its own guard takes: with scopes that the caller was not given. */
export const downstreamIsResource: Rule = ({ model }) => {
  if (model.server === null || typeof model.server.resource === 'string') return []
  const { value, place } = model.server.resource
  const own = settingValue(value)?.text
  if (own === undefined) return []
  const related = [{ message: 'the resource is here', place }]
  return itemsOf(model).flatMap((item) =>
    (item.downstream?.value ?? [])
      .filter(({ name }) => foldedUrl(name.value) === foldedUrl(own))
      .map(({ name }) =>
        diagnostic('downstream-is-resource', name.place, { item: nameOf(item), service: name.value }, related),
      ),
  )
}
