import { type BadToken, BOTH } from './bad-token.js'

export const longerAudience: BadToken = {
  name: 'a token for a resource that starts like this one',
  forms: BOTH,
  make: ({ trusted, resource, scopes }) => trusted.issue({ scopes, audience: `${resource}/more` }),
}
