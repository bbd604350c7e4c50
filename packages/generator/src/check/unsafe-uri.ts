import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'
import { uriProblem } from './uri-problem.js'

export const unsafeUri: Rule = ({ model }) =>
  model.resources.flatMap(({ name, uri, template }) => {
    if (typeof uri === 'string' || template === null) return []
    const problem = uriProblem(template)
    return problem === null ? [] : [diagnostic('unsafe-uri', uri.place, { resource: name, uri: uri.value, problem })]
  })
