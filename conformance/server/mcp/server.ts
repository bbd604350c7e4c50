import { defineServer, env, oidc } from '@mcp-secure/spec'

export default defineServer({
  name: 'conformance',
  version: '1.0.0',
  resource: env('MCP_RESOURCE'),
  scopes: {
    'fixture:use': { description: 'Use what the conformance suite asks for', baseline: true },
  },
  auth: oidc({ issuer: env('MCP_ISSUER'), tokens: 'jwt' }),
})
