import type { BadToken } from './bad-token.js'

export const revoked: BadToken = {
  name: 'a revoked token',
  forms: ['opaque'],
  async make({ trusted, scopes }) {
    const token = await trusted.issue({ scopes })
    trusted.test.revoke(token)
    return token
  },
}
