import { decodeProtectedHeader } from 'jose'
import type { BadToken } from './bad-token.js'

/** Keys belong to their issuer: that one is trusted does not make its key that of another. */
export const othersKeyId: BadToken = {
  name: 'a JWT that names another issuer of the policy and its key',
  forms: ['jwt'],
  isPossible: (_, others) => others.some(({ tokens }) => tokens.form === 'jwt'),
  async make({ trusted, others, scopes }) {
    const other = others.find(({ form }) => form === 'jwt')
    if (other === undefined) throw new Error('No other issuer has JWTs.')
    const { kid, typ } = decodeProtectedHeader(await other.issue({}))
    return trusted.test.issue({
      ...other.request({ scopes }),
      issuer: other.test.issuer,
      type: typ ?? null,
      header: { kid },
    })
  },
}
