import { defineServer, oidc } from '@mcp-secure/spec'

export default defineServer({
  name: 'bare',
  version: '0.0.1',
  resource: 'https://bare.example.com/mcp',
  scopes: {},
  auth: oidc({ issuer: 'https://login.example.com', tokens: 'jwt', typ: 'JWT' }),
})
