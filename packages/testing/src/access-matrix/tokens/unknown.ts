import { randomBytes } from 'node:crypto'
import { type BadToken, BOTH } from './bad-token.js'

export const unknown: BadToken = {
  name: 'a token that nobody issued',
  forms: BOTH,
  make: async () => randomBytes(24).toString('base64url'),
}
