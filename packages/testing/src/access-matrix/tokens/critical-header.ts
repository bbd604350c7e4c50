import type { BadToken } from './bad-token.js'

/** RFC 7515 section 4.1.11: what is critical must be understood, or the token refused. */
export const criticalHeader: BadToken = {
  name: 'a JWT with a critical extension',
  forms: ['jwt'],
  make: ({ trusted, scopes }) => trusted.issue({ scopes, header: { crit: ['urn:example'], 'urn:example': true } }),
}
