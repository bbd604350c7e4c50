import { type BadToken, BOTH } from './bad-token.js'

/** RFC 8725 section 2.1. */
export const unsigned: BadToken = {
  name: 'a JWT with alg none',
  forms: BOTH,
  make: ({ trusted, scopes }) => trusted.test.issueUnsigned(trusted.request({ scopes })),
}
