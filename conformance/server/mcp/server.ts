import { defineServer, env, oidc } from '@mcp-secure/spec'

export default defineServer({
  name: 'conformance',
  version: '1.0.0',
  resource: env('MCP_RESOURCE'),
  scopes: {
    'fixture:use': { description: 'Use what the conformance suite asks for', baseline: true },
  },
  // The suite asks for words of JSON Schema that other clients refuse.
  clients: ['sdk'],
  auth: oidc({ issuer: env('MCP_ISSUER'), tokens: 'jwt' }),
})
