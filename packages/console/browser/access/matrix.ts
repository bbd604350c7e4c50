import type { ConsoleItem, ConsoleState } from '../../src/definition.js'

type Scope = ConsoleState['scopes'][number]

/** What one scope is to one item. */
export type Mark =
  | { readonly kind: 'needed' }
  /** Holding it is holding what is needed. */
  | { readonly kind: 'includes'; readonly scopes: readonly string[] }
  | { readonly kind: 'none' }

/** What `scope` does for a caller of `item`. */
export function markOf({ access }: ConsoleItem, scope: Scope): Mark {
  if (access.kind !== 'scopes') return { kind: 'none' }
  if (access.scopes.includes(scope.name)) return { kind: 'needed' }
  const scopes = access.scopes.filter((name) => scope.implies.includes(name))
  return scopes.length > 0 ? { kind: 'includes', scopes } : { kind: 'none' }
}

/** Every scope that is held when `names` are: those and what they imply. */
export function heldWith(names: readonly string[], scopes: readonly Scope[]): ReadonlySet<string> {
  const implied = scopes.filter(({ name }) => names.includes(name)).flatMap(({ implies }) => implies)
  return new Set([...names, ...implied])
}
