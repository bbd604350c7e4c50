import { defineServer, embedded, env } from '@mcp-secure/spec'

export default defineServer({
  name: 'notes',
  version: '1.0.0',
  title: 'Notes',
  instructions: 'Short notes that belong to the signed-in user. List them before you read or delete one.',
  resource: env('MCP_RESOURCE', { development: 'http://localhost:3000/mcp' }),
  scopes: {
    'notes:read': { description: 'Read your notes', baseline: true },
    'notes:write': { description: 'Create and delete your notes', implies: ['notes:read'] },
  },
  auth: embedded(),
})
