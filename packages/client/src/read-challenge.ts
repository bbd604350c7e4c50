/** How a server of mcp-secure names, in its challenge, what a token lacks. */
const LACKS = /^The access token lacks the scopes? (.+)$/

/**
 * The scopes that a token lacks for a tool. A server that says it in another way
 * leaves all that the tool needs: asking for too much is better than for nothing.
 * Of several sets of scopes a server chooses one; without its word it is the first.
 */
export function missingScopes(
  description: string | undefined,
  sets: readonly (readonly string[])[],
): readonly string[] {
  const named = LACKS.exec(description ?? '')?.[1]?.split(' ') ?? []
  const missing = named.filter((scope) => sets.some((set) => set.includes(scope)))
  return missing.length > 0 ? missing : (sets[0] ?? [])
}
