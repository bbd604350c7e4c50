import { type BadToken, BOTH } from './bad-token.js'

export const expired: BadToken = {
  name: 'an expired token',
  forms: BOTH,
  make: ({ trusted, scopes }) => trusted.issue({ scopes, expiresIn: -60 }),
}
