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
  auth: oidc({
    issuer: env('ATTACK_ISSUER'),
    tokens: 'jwt',
    tokenExchange: { form: 'rfc8693', clientId: 'attack-target', clientSecret: env('ATTACK_EXCHANGE_SECRET') },
  }),
  // One subject sends everything, for an hour if it is told to: what it attacks is behind the limits.
  limits: { perSubject: 1_000_000, perClient: 1_000_000, concurrentPerSubject: 10_000 },
})
