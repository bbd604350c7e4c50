import type { HoldingRule } from './holding.js'

export const noScope: HoldingRule = ({ scopes }) => [{ name: 'no scope at all', scopes: [], missing: scopes }]
