import type { HoldingRule } from './holding.js'

export const exactlyTheScopes: HoldingRule = ({ scopes }) => [
  { name: 'exactly the scopes needed', scopes, missing: [] },
]
