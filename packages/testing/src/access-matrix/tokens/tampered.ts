import { tampered } from '../../issuer.js'
import type { BadToken } from './bad-token.js'

export const tamperedSignature: BadToken = {
  name: 'a JWT with a changed signature',
  forms: ['jwt'],
  make: async ({ trusted, scopes }) => tampered(await trusted.issue({ scopes })),
}
