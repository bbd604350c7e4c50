import { defineServer, embedded, env } from '@mcp-secure/spec'

export default defineServer({
  name: 'notes',
  version: '1.0.0',
  title: 'Notes',
  instructions: 'Short notes. ' + 'List them first.',
  resource: env('MCP_RESOURCE', { development: 'http://localhost:3000/mcp' }),
  scopes: {
    'notes:read': { description: 'Read your notes', baseline: true },
    'notes:write': { description: 'Change your notes', implies: ['notes:read'] },
  },
  auth: embedded(),
  limits: { perSubject: 600, perTool: 120 },
})
