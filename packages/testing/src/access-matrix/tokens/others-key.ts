import type { BadToken } from './bad-token.js'

/** The key is one that this server has fetched, of an issuer that it trusts, and not of the one that the token names. */
export const othersKey: BadToken = {
  name: 'a JWT that names this issuer and is signed by another issuer of the policy',
  forms: ['jwt'],
  isPossible: (_, others) => others.some(({ tokens }) => tokens.form === 'jwt'),
  async make({ trusted, others, scopes }) {
    const other = others.find(({ form }) => form === 'jwt')
    if (other === undefined) throw new Error('No other issuer has JWTs.')
    return other.test.issue({ ...trusted.request({ scopes }), issuer: trusted.test.issuer })
  },
}
