import { type BadToken, BOTH } from './bad-token.js'

/** The same keys may sign it, and introspection calls it active too. */
export const refreshToken: BadToken = {
  name: 'a refresh token',
  forms: BOTH,
  make: ({ trusted, scopes }) => trusted.issue({ scopes, claims: { token_use: 'refresh_token' } }),
}
