import { diagnostic } from '../diagnostics/diagnostic.js'
import { didYouMean } from '../diagnostics/suggest.js'
import { readableTemplate, uriPlace } from './readable-template.js'
import type { Rule } from './rule.js'

export const variableUnknown: Rule = ({ model }) =>
  model.resources.flatMap((resource) => {
    const template = readableTemplate(resource)
    if (template === null || resource.variables === null) return []
    return resource.variables
      .filter(({ name }) => !template.names.includes(name))
      .map(({ name, place }) => {
        const hint = didYouMean(name, template.names)
        const params = { resource: resource.name, variable: name, hint }
        return diagnostic('variable-unknown', place, params, uriPlace(resource))
      })
  })
