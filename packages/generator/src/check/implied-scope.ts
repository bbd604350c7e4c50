import type { Located } from '../analyse/facts.js'
import { diagnostic } from '../diagnostics/diagnostic.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import { argumentScopesOf, scopeSetsOf } from '../model/scope-sets.js'
import type { ItemModel } from '../model/server-model.js'
import type { Rule } from './rule.js'

/** A scope beside a wider one, in one set; or one that arguments ask for and that whoever may use the tool has. */
export const impliedScope: Rule = ({ model }) => {
  const satisfies = (wide: string, narrow: string) =>
    model.scopes.find(({ name }) => name === wide)?.satisfies.includes(narrow) ?? false
  return itemsOf(model).flatMap((item) =>
    candidates(item).flatMap(({ scope: { value, place }, beside }) => {
      const wider = beside.map((set) => set.find((other) => satisfies(other.value, value)))
      const [first] = wider
      if (first === undefined || wider.includes(undefined)) return []
      const declared = model.scopes.find(({ name }) => name === first.value)
      return [
        diagnostic(
          'implied-scope',
          place,
          { item: nameOf(item), scope: value, wider: first.value },
          declared === undefined ? [] : [{ message: `'${first.value}' is declared here`, place: declared.place }],
        ),
      ]
    }),
  )
}

interface Candidate {
  readonly scope: Located<string>
  /** The sets of which each has to have a wider scope. */
  readonly beside: readonly (readonly Located<string>[])[]
}

function candidates(item: ItemModel): readonly Candidate[] {
  const sets = scopeSetsOf(item.access)
  return [
    ...sets.flatMap((set) => set.map((scope) => ({ scope, beside: [set] }))),
    ...argumentScopesOf(item).map((scope) => ({ scope, beside: sets })),
  ]
}
