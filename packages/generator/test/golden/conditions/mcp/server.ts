import { defineServer, embedded, env } from '@mcp-secure/spec'

export default defineServer({
  name: 'conditions',
  version: '1.0.0',
  resource: env('MCP_RESOURCE', { development: 'http://localhost:3000/mcp' }),
  scopes: {
    'notes:read': { description: 'Read your notes', baseline: true },
    'notes:write': { description: 'Change your notes', implies: ['notes:read'] },
    'notes:share': { description: 'Share your notes' },
    'notes:admin': { description: 'Look after the notes of everybody' },
    'notes:audit': { description: 'See who read what' },
  },
  auth: embedded(),
})
