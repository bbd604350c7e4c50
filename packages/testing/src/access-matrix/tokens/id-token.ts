import { type BadToken, BOTH } from './bad-token.js'

/** OpenID Connect Core section 2. */
export const idToken: BadToken = {
  name: 'an ID token',
  forms: BOTH,
  make: ({ trusted, scopes }) => trusted.issue({ scopes, type: 'JWT', claims: { nonce: 'n', at_hash: 'h' } }),
}
