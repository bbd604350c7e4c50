import { type BadToken, BOTH } from './bad-token.js'

export const wrongAudience: BadToken = {
  name: 'a token for another resource',
  forms: BOTH,
  make: ({ trusted, scopes }) => trusted.issue({ scopes, audience: 'https://elsewhere.example/mcp' }),
}
