import type { ExpectedAccess, ExpectedItem } from '../expected-access.js'
import type { Holding } from './holding.js'

type AnyOfItem = Extract<ExpectedItem, { access: 'any-of' }>

/**
 * What an item with several sets of scopes is tried with: each set, what is left
 * of it without one of its scopes, a part of each at once, which must not add up
 * to one, what implies a scope in its place, and scopes that only look alike.
 */
export function setsOfScopes({ anyOf }: AnyOfItem, expected: ExpectedAccess): readonly Holding[] {
  const all = [...new Set(anyOf.flat())]
  const declared = Object.keys(expected.scopes)
  const tried: readonly (readonly [name: string, scopes: readonly string[]])[] = [
    ['no scope at all', []],
    ...anyOf.map((set) => [`exactly ${words(set)}`, set] as const),
    ...anyOf.flatMap((set) => set.map((left) => [`${words(set)} without ${left}`, without(set, left)] as const)),
    ['the first scope of each set', [...new Set(anyOf.flatMap((set) => (set.length > 1 ? set.slice(0, 1) : [])))]],
    ...anyOf.flatMap((set) =>
      set.flatMap((needed) =>
        declared
          .filter((broader) => expected.scopes[broader]?.implies.includes(needed) === true && !set.includes(broader))
          .map(
            (broader) => [`${broader} in place of ${needed} of ${words(set)}`, instead(set, needed, broader)] as const,
          ),
      ),
    ),
    ...all.map((left) => [`every scope but ${left}`, without(declared, left)] as const),
    ['scopes that look like those needed', all.flatMap((scope) => [`${scope}x`, scope.toUpperCase(), `${scope}:*`])],
    ['every scope of the server', declared],
  ]
  return tried.map(([name, scopes]) => ({ name, scopes, ...nearest(anyOf, scopes, expected) }))
}

/** The set that a challenge names: the one of which least is missing, of several the first. */
function nearest(
  sets: readonly (readonly string[])[],
  held: readonly string[],
  { scopes }: ExpectedAccess,
): Pick<Holding, 'needed' | 'missing'> {
  const declared = held.filter((scope) => Object.hasOwn(scopes, scope))
  const counted = new Set(declared.flatMap((scope) => [scope, ...(scopes[scope]?.implies ?? [])]))
  const lacks = sets.map((needed) => ({ needed, missing: needed.filter((scope) => !counted.has(scope)) }))
  const least = Math.min(...lacks.map(({ missing }) => missing.length))
  return lacks.find(({ missing }) => missing.length === least) ?? { needed: [], missing: [] }
}

function words(set: readonly string[]): string {
  return set.join(' and ')
}

function without(set: readonly string[], left: string): readonly string[] {
  return set.filter((scope) => scope !== left)
}

function instead(set: readonly string[], needed: string, broader: string): readonly string[] {
  return set.map((scope) => (scope === needed ? broader : scope))
}
