import type { HoldingRule } from './holding.js'

export const everyScope: HoldingRule = (_item, { scopes }) => [
  { name: 'every scope of the server', scopes: Object.keys(scopes), missing: [] },
]
