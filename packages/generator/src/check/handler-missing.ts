import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'

export const handlerMissing: Rule = ({ model }) =>
  model.tools
    .filter(({ hasHandler }) => !hasHandler)
    .map(({ name, place }) => diagnostic('handler-missing', { ...place, length: 1 }, { tool: name }))
