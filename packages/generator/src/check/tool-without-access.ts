import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'

export const toolWithoutAccess: Rule = ({ model }) =>
  model.tools
    .filter(({ access }) => access.kind === 'missing')
    .map(({ name, place }) => diagnostic('tool-without-access', { ...place, length: 1 }, { tool: name }))
