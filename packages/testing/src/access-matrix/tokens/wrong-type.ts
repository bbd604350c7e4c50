import type { BadToken } from './bad-token.js'

/** RFC 9068 section 4, RFC 8725 section 3.11. */
export const wrongType: BadToken = {
  name: 'a JWT of another type',
  forms: ['jwt'],
  make: ({ trusted, scopes }) => trusted.issue({ scopes, type: 'logout+jwt' }),
}
