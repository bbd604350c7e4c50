import { diagnostic } from '../diagnostics/diagnostic.js'
import { readableTemplate } from './readable-template.js'
import type { Rule } from './rule.js'

export const variableMissing: Rule = ({ model }) =>
  model.resources.flatMap((resource) => {
    const { name, uri, variables } = resource
    const template = readableTemplate(resource)
    if (typeof uri === 'string' || template === null || variables === null) return []
    return template.names
      .filter((variable) => !variables.some((declared) => declared.name === variable))
      .map((variable) => diagnostic('variable-missing', uri.place, { resource: name, variable }))
  })
