import { type BadToken, BOTH } from './bad-token.js'

/** RFC 8417 section 2.2: a statement about a session, not a right. */
export const securityEvent: BadToken = {
  name: 'a logout token',
  forms: BOTH,
  make: ({ trusted, scopes }) => trusted.issue({ scopes, claims: { events: {} } }),
}
