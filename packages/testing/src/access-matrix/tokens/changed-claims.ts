import type { BadToken } from './bad-token.js'

export const changedClaims: BadToken = {
  name: 'a JWT whose claims were changed',
  forms: ['jwt'],
  async make({ trusted, scopes }) {
    const [header, , signature] = (await trusted.issue({ scopes: [] })).split('.')
    const [, payload] = (await trusted.issue({ scopes })).split('.')
    return `${header}.${payload}.${signature}`
  },
}
