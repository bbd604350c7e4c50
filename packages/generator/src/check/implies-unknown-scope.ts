import { diagnostic } from '../diagnostics/diagnostic.js'
import { didYouMean } from '../diagnostics/suggest.js'
import { declaredAt } from './declared-at.js'
import type { Rule } from './rule.js'

export const impliesUnknownScope: Rule = ({ model }) => {
  const declared = model.scopes.map(({ name }) => name)
  return model.scopes.flatMap(({ name, implies }) =>
    implies
      .filter(({ value }) => !declared.includes(value))
      .map(({ value, place }) => {
        const others = declared.filter((other) => other !== name)
        const params = { scope: name, implied: value, hint: didYouMean(value, others) }
        const candidates = model.scopes.filter((other) => other.name !== name)
        return diagnostic('implies-unknown-scope', place, params, declaredAt(value, candidates, 'missing'))
      }),
  )
}
