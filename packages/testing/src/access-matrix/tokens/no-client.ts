import { type BadToken, BOTH } from './bad-token.js'

export const noClient: BadToken = {
  name: 'a token without a client',
  forms: BOTH,
  make: ({ trusted, scopes }) => trusted.issue({ scopes, claims: { client_id: undefined } }),
}
