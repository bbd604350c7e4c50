import type { BadToken } from './bad-token.js'

/** Signed by the issuer, but not known to its introspection: nobody vouches for it. */
export const jwtForOpaque: BadToken = {
  name: 'a JWT where tokens are opaque',
  forms: ['opaque'],
  make: ({ trusted, scopes }) => trusted.test.issue({ ...trusted.request({ scopes }), form: 'jwt' }),
}
