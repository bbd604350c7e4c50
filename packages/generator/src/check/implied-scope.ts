import { diagnostic } from '../diagnostics/diagnostic.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import type { Rule } from './rule.js'

export const impliedScope: Rule = ({ model }) => {
  const satisfies = (wide: string, narrow: string) =>
    model.scopes.find(({ name }) => name === wide)?.satisfies.includes(narrow) ?? false
  return itemsOf(model).flatMap((item) =>
    item.access.scopes.flatMap(({ value, place }) => {
      const wider = item.access.scopes.find((other) => satisfies(other.value, value))
      if (wider === undefined) return []
      const declared = model.scopes.find(({ name }) => name === wider.value)
      return [
        diagnostic(
          'implied-scope',
          place,
          { item: nameOf(item), scope: value, wider: wider.value },
          declared === undefined ? [] : [{ message: `'${wider.value}' is declared here`, place: declared.place }],
        ),
      ]
    }),
  )
}
