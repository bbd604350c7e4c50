import { type BadToken, BOTH } from './bad-token.js'

/** RFC 8707, MCP: the other service could replay it here. */
export const secondAudience: BadToken = {
  name: 'a token for this resource and for another',
  forms: BOTH,
  make: ({ trusted, resource, scopes }) =>
    trusted.issue({ scopes, audience: [resource, 'https://elsewhere.example/mcp'] }),
}
