import { type BadToken, BOTH } from './bad-token.js'

export const noSubject: BadToken = {
  name: 'a token without a subject',
  forms: BOTH,
  make: ({ trusted, scopes }) => trusted.issue({ scopes, claims: { sub: undefined } }),
}
