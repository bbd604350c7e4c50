import type { HoldingRule } from './holding.js'

/** Each scope that implies a needed one, in its place (MCP, scope hierarchies). */
export const implyingScopes: HoldingRule = (item, { scopes }) =>
  item.scopes.flatMap((needed) =>
    Object.keys(scopes)
      .filter((broader) => scopes[broader]?.implies.includes(needed) === true && !item.scopes.includes(broader))
      .map((broader) => ({
        name: `${broader} in place of ${needed}`,
        scopes: item.scopes.map((scope) => (scope === needed ? broader : scope)),
        missing: [],
      })),
  )
