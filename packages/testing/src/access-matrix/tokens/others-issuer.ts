import { type BadToken, BOTH } from './bad-token.js'

/** RFC 9700 section 4.4, mix-up: what one issuer says counts for nobody else. */
export const othersIssuer: BadToken = {
  name: 'a token that names another issuer of the policy',
  forms: BOTH,
  isPossible: (_, others) => others.length > 0,
  make: ({ trusted, others: [other], scopes }) =>
    trusted.issue({ scopes, ...(other === undefined ? {} : { issuer: other.test.issuer }) }),
}
