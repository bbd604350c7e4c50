import { type BadToken, BOTH } from './bad-token.js'

export const noAudience: BadToken = {
  name: 'a token without an audience',
  forms: BOTH,
  make: ({ trusted, scopes }) => trusted.issue({ scopes, audience: null }),
}
