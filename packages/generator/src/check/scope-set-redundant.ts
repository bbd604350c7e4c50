import { diagnostic } from '../diagnostics/diagnostic.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import type { ServerModel } from '../model/server-model.js'
import type { Rule } from './rule.js'

/** A set that changes nothing, because whoever has it has another one as well. */
export const scopeSetRedundant: Rule = ({ model }) =>
  itemsOf(model).flatMap((item) => {
    const sets = item.access.sets.map(({ value, place }) => ({ names: value.map((scope) => scope.value), place }))
    return sets.flatMap(({ names, place }, index) => {
      if (names.length === 0) return []
      const counted = satisfied(names, model)
      const other = sets.find(
        (one, at) =>
          at !== index &&
          one.names.length > 0 &&
          one.names.every((name) => counted.has(name)) &&
          // Of two that come to the same, the later one is the redundant one.
          (at < index || !names.every((name) => satisfied(one.names, model).has(name))),
      )
      if (other === undefined) return []
      const written = { set: names.join(' '), other: other.names.join(' ') }
      return [diagnostic('scope-set-redundant', place, { item: nameOf(item), ...written })]
    })
  })

/** What these scopes count for. */
function satisfied(names: readonly string[], { scopes }: ServerModel): ReadonlySet<string> {
  return new Set(names.flatMap((name) => [name, ...(scopes.find((scope) => scope.name === name)?.satisfies ?? [])]))
}
