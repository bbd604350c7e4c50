import { diagnostic } from '../diagnostics/diagnostic.js'
import { readableTemplate, uriPlace } from './readable-template.js'
import type { Rule } from './rule.js'

export const listWithoutVariables: Rule = ({ model }) =>
  model.resources.flatMap((resource) => {
    const { name, list } = resource
    const isSingle = readableTemplate(resource)?.names.length === 0
    return list !== null && isSingle
      ? [diagnostic('list-without-variables', list, { resource: name }, uriPlace(resource))]
      : []
  })
