import { defineServer, embedded, env } from '@mcp-secure/spec'

export default defineServer({
  name: 'minimal',
  version: '0.1.0',
  resource: env('MCP_RESOURCE', { development: 'http://localhost:3000/mcp' }),
  scopes: {
    'greet:person': { description: 'Greet people in your name', baseline: true },
  },
  auth: embedded(),
})
