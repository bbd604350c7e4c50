/** One set of scopes, and what a caller lacks of it. */
export interface NearestScopes {
  readonly needed: readonly string[]
  readonly missing: readonly string[]
}

/**
 * The set of which a caller lacks least; of several the one that is declared
 * first. That makes what a challenge asks for depend on the policy and on what
 * the token holds, and on nothing else. An empty set is none: it would let
 * everybody through.
 */
export function nearestScopes(
  sets: readonly (readonly string[])[],
  effective: readonly string[],
): NearestScopes | undefined {
  let nearest: NearestScopes | undefined
  for (const needed of sets) {
    if (needed.length === 0) continue
    // A broader scope satisfies a narrower one (MCP 2026-07-28, scope hierarchies).
    const missing = needed.filter((scope) => !effective.includes(scope))
    if (nearest === undefined || missing.length < nearest.missing.length) nearest = { needed, missing }
  }
  return nearest
}
