import { defineServer, env, oidc } from '@mcp-secure/spec'

export default defineServer({
  name: 'notes',
  version: '1.0.0',
  resource: env('MCP_RESOURCE', { development: 'http://localhost:3000/mcp' }),
  scopes: {
    'notes:read': { description: 'Read your notes', baseline: true },
    'notes:write': { description: 'Change your notes', implies: ['notes:read'] },
  },
  auth: oidc({
    issuer: env('MCP_AUTH_ISSUER', { development: 'http://localhost:4000' }),
    tokens: 'opaque',
    introspection: { clientId: 'notes', clientSecret: env('NOTES_SECRET') },
    tokenExchange: {
      form: 'rfc8693',
      clientId: 'notes',
      privateKey: env('NOTES_EXCHANGE_KEY'),
      keyId: 'notes-1',
      endpoint: env('NOTES_TOKEN_ENDPOINT', { development: 'http://localhost:4000/token' }),
      cacheSeconds: 60,
    },
  }),
})
