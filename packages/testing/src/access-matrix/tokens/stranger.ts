import { type BadToken, BOTH } from './bad-token.js'

export const stranger: BadToken = {
  name: 'a token of an authorization server that is not trusted',
  forms: BOTH,
  make: ({ trusted, stranger: other, scopes }) => other.issue(trusted.request({ scopes })),
}
