import { defineServer, embedded, env } from '@mcp-secure/spec'

export default defineServer({
  name: 'notes',
  version: '0.1.0',
  instructions: 'Short notes that belong to the signed-in user. List them before you delete one.',
  resource: env('MCP_RESOURCE', { development: 'http://localhost:3000/mcp' }),
  scopes: {
    'notes:read': { description: 'Read your notes', baseline: true },
    'notes:write': { description: 'Write and delete your notes', implies: ['notes:read'] },
  },
  auth: embedded(),
})
