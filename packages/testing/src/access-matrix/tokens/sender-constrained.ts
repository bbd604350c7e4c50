import { type BadToken, BOTH } from './bad-token.js'

/** RFC 7800: whoever sends it as a bearer does not prove to hold the key. */
export const senderConstrained: BadToken = {
  name: 'a token that is bound to a key',
  forms: BOTH,
  make: ({ trusted, scopes }) => trusted.issue({ scopes, claims: { cnf: { jkt: 'thumbprint' } } }),
}
