import type { BadToken } from './bad-token.js'

export const unknownKey: BadToken = {
  name: 'a JWT with a key id that the issuer does not publish',
  forms: ['jwt'],
  make: ({ trusted, scopes }) => trusted.issue({ scopes, header: { kid: 'nobody' } }),
}
