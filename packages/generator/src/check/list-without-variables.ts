import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'

export const listWithoutVariables: Rule = ({ model }) =>
  model.resources.flatMap(({ name, list, template }) =>
    list === null || template === null || template.names.length > 0
      ? []
      : [diagnostic('list-without-variables', list, { resource: name })],
  )
