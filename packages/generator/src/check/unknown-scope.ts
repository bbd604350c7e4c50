import { diagnostic } from '../diagnostics/diagnostic.js'
import { didYouMean } from '../diagnostics/suggest.js'
import type { Rule } from './rule.js'

export const unknownScope: Rule = ({ model }) => {
  // Without a list of declared scopes, which was reported, no scope is known or unknown.
  if (model.server === null || typeof model.server.scopes === 'string') return []
  const declared = model.scopes.map(({ name }) => name)
  return model.tools.flatMap(({ name, access }) =>
    access.scopes
      .filter(({ value }) => !declared.includes(value))
      .map(({ value, place }) =>
        diagnostic('unknown-scope', place, { tool: name, scope: value, hint: didYouMean(value, declared) }),
      ),
  )
}
