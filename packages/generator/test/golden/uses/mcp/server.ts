import { defineServer, embedded, env } from '@mcp-secure/spec'

export default defineServer({
  name: 'uses',
  version: '1.0.0',
  resource: env('MCP_RESOURCE', { development: 'http://localhost:3000/mcp' }),
  scopes: {
    'notes:read': { description: 'Read your notes', baseline: true },
    'notes:write': { description: 'Change your notes', implies: ['notes:read'] },
  },
  auth: embedded(),
})
