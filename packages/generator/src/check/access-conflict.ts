import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'

export const accessConflict: Rule = ({ model }) =>
  model.tools
    .filter(({ access }) => access.kind === 'conflict')
    .map(({ name, access }) => diagnostic('access-conflict', access.place, { tool: name }))
