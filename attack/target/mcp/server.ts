import { defineServer, env, oidc } from '@mcp-secure/spec'

export default defineServer({
  name: 'attack-target',
  version: '1.0.0',
  resource: env('MCP_RESOURCE'),
  scopes: {
    'items:read': { description: 'Read items', baseline: true },
    'items:write': { description: 'Change items', implies: ['items:read'] },
    'items:erase': { description: 'Erase every item' },
  },
  auth: oidc({ issuer: env('ATTACK_ISSUER'), tokens: 'jwt' }),
})
