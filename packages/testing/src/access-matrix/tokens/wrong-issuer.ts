import { type BadToken, BOTH } from './bad-token.js'

export const wrongIssuer: BadToken = {
  name: 'a token that names another issuer',
  forms: BOTH,
  make: ({ trusted, stranger, scopes }) => trusted.issue({ scopes, issuer: stranger.issuer }),
}
