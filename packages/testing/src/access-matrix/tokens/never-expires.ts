import type { BadToken } from './bad-token.js'

/** RFC 9068 section 2.2: `exp` is required. Introspection may leave it out, because it is asked again. */
export const neverExpires: BadToken = {
  name: 'a token without an expiry',
  forms: ['jwt'],
  make: ({ trusted, scopes }) => trusted.issue({ scopes, expiresIn: null }),
}
