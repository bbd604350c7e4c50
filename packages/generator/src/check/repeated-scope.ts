import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'

export const repeatedScope: Rule = ({ model }) =>
  model.tools.flatMap(({ name, access }) =>
    access.scopes
      .filter(({ value }, index) => access.scopes.findIndex((other) => other.value === value) < index)
      .map(({ value, place }) => diagnostic('repeated-scope', place, { tool: name, scope: value })),
  )
