import type { Located, ServerFacts, TokenExchangeFacts } from '../analyse/facts.js'
import { issuersOf } from './issuers.js'

/** How the issuers exchange tokens, one entry for each that does. */
export function tokenExchangesOf(server: ServerFacts | null): readonly Located<TokenExchangeFacts>[] {
  return issuersOf(server).flatMap(({ value: auth }) =>
    auth.kind === 'embedded' || auth.tokenExchange === null ? [] : [auth.tokenExchange],
  )
}
