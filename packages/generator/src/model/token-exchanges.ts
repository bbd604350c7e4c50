import type { Located, ServerFacts, TokenExchangeFacts } from '../analyse/facts.js'

/** How the issuers exchange tokens, one entry for each that does. */
export function tokenExchangesOf(server: ServerFacts | null): readonly Located<TokenExchangeFacts>[] {
  if (server === null || typeof server.auth === 'string') return []
  const { value: auth } = server.auth
  return auth.kind === 'embedded' || auth.tokenExchange === null ? [] : [auth.tokenExchange]
}
