import { defineServer, env, oidc } from '@mcp-secure/spec'

export default defineServer({
  name: 'notes-of-a-fixed-audience',
  version: '1.0.0',
  resource: 'https://notes.example.com/mcp',
  scopes: { admin: { description: 'Administer', baseline: true }, 'audit|log': { description: 'Read the log' } },
  auth: oidc({
    issuer: 'https://login.example.com',
    tokens: 'opaque',
    introspection: {
      clientId: 'notes',
      privateKey: env('NOTES_KEY'),
      keyId: 'notes-1',
      endpoint: env('NOTES_INTROSPECTION'),
      cacheSeconds: 10,
    },
    scopeClaim: 'permissions',
    audienceCompatibility: { audiences: ['api://notes', 'P2a|b'] },
    allowedClientIds: ['desk', 'https://client.example.com/metadata.json'],
    tenant: { claim: 'org_id', values: ['org_1', 'org_2'] },
  }),
})
