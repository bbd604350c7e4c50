import { type BadToken, BOTH } from './bad-token.js'

/** RFC 6750 section 2.1: no `b64token`. */
export const malformed: BadToken = {
  name: 'what is no token',
  forms: BOTH,
  make: async () => 'this is no token',
}
