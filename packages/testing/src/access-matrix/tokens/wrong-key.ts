import { decodeProtectedHeader } from 'jose'
import type { BadToken } from './bad-token.js'

export const wrongKey: BadToken = {
  name: 'a JWT signed with the key of somebody else',
  forms: ['jwt'],
  async make({ trusted, stranger, scopes }) {
    const { kid, typ } = decodeProtectedHeader(await trusted.issue({}))
    return stranger.issue({
      ...trusted.request({ scopes }),
      issuer: trusted.test.issuer,
      type: typ ?? null,
      header: { kid },
    })
  },
}
