import { type BadToken, BOTH } from './bad-token.js'

/** RFC 8725 section 2.1. */
export const publicKeyAsSecret: BadToken = {
  name: 'a JWT signed with HS256 and the public key',
  forms: BOTH,
  make: ({ trusted, scopes }) => trusted.test.issueSignedWithPublicKey(trusted.request({ scopes })),
}
