/**
 * Issuers that several settings came to, also in another spelling: a slash or a capital in the host is easily
 * overlooked, and one authorization server would have two rules for its tokens.
 */
export function repeatedIssuers(issuers: readonly string[]): readonly string[] {
  const known = new Set<string>()
  return issuers.flatMap((issuer) => {
    // What could not be read is told already.
    if (!URL.canParse(issuer)) return []
    const folded = new URL(issuer).href.replace(/\/$/, '')
    if (!known.has(folded)) {
      known.add(folded)
      return []
    }
    return [`The issuer ${issuer} is listed twice: each setting of an issuer names another authorization server.`]
  })
}
