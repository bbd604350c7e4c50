import { type BadToken, BOTH } from './bad-token.js'

export const otherClient: BadToken = {
  name: 'a token of a client that its issuer is not trusted with',
  forms: BOTH,
  isPossible: ({ allowedClientIds }) => allowedClientIds !== undefined,
  make: ({ trusted, scopes }) => trusted.issue({ scopes, clientId: 'access-matrix-not-listed' }),
}
