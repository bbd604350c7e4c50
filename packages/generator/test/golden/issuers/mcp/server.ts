import { defineServer, env, oidc } from '@mcp-secure/spec'
import { partners, staff } from './issuers.js'

export default defineServer({
  name: 'orders',
  version: '1.0.0',
  resource: env('MCP_RESOURCE', { development: 'http://localhost:3000/mcp' }),
  scopes: {
    'orders:read': { description: 'See orders', baseline: true },
    'orders:write': { description: 'Place and cancel orders', implies: ['orders:read'] },
    'orders:refund': { description: 'Pay money back' },
  },
  auth: [
    oidc({ issuer: staff, tokens: 'jwt', allowedClientIds: ['desk', 'till', 'https://client.example.com/metadata.json'] }),
    oidc({
      issuer: partners,
      tokens: 'opaque',
      introspection: { clientId: 'orders', clientSecret: env('PARTNERS_SECRET') },
      scopeClaim: 'scope',
      tenant: { claim: 'org_id', values: ['acme', 'umbrella'] },
    }),
    oidc({ issuer: 'https://login.example.com/guests/', tokens: 'jwt', typ: 'JWT', scopeClaim: 'scp', scopes: ['orders:read'] }),
  ],
  denials: 'http',
  limits: { perSubject: 300, perTool: 60 },
})
