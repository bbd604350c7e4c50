import type { HoldingRule } from './holding.js'

/** Every other scope of the server but those that imply the missing one: nothing makes up for it. */
export const eachScopeMissing: HoldingRule = (item, { scopes }) =>
  item.scopes.map((missing) => {
    const held = Object.keys(scopes).filter((name) => name !== missing && !scopes[name]?.implies.includes(missing))
    const counted = new Set(held.flatMap((name) => [name, ...(scopes[name]?.implies ?? [])]))
    return {
      name: `every scope but ${missing}`,
      scopes: held,
      // Without what implies the one, another may be missing too.
      missing: item.scopes.filter((name) => !counted.has(name)),
    }
  })
