import { diagnostic } from '../diagnostics/diagnostic.js'
import { didYouMean } from '../diagnostics/suggest.js'
import type { Rule } from './rule.js'

export const variableUnknown: Rule = ({ model }) =>
  model.resources.flatMap(({ name, template, variables }) =>
    (template === null || variables === null ? [] : variables)
      .filter((variable) => !template?.names.includes(variable.name))
      .map((variable) => {
        const hint = didYouMean(variable.name, template?.names ?? [])
        return diagnostic('variable-unknown', variable.place, { resource: name, variable: variable.name, hint })
      }),
  )
