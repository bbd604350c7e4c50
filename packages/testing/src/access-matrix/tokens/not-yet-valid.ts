import { type BadToken, BOTH } from './bad-token.js'

export const notYetValid: BadToken = {
  name: 'a token that is not yet valid',
  forms: BOTH,
  make: ({ trusted, scopes }) => trusted.issue({ scopes, claims: { nbf: Math.floor(Date.now() / 1000) + 3600 } }),
}
