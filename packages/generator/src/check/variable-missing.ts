import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'

export const variableMissing: Rule = ({ model }) =>
  model.resources.flatMap(({ name, uri, template, variables }) => {
    if (typeof uri === 'string' || template === null || variables === null) return []
    return template.names
      .filter((variable) => !variables.some((declared) => declared.name === variable))
      .map((variable) => diagnostic('variable-missing', uri.place, { resource: name, variable }))
  })
