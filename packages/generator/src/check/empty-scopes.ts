import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'

export const emptyScopes: Rule = ({ model }) =>
  model.tools
    .filter(({ access }) => access.kind === 'scopes' && access.scopes.length === 0)
    .map(({ name, access }) => diagnostic('empty-scopes', access.place, { tool: name }))
