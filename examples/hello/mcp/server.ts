import { defineServer, embedded, env } from '@mcp-secure/spec'

export default defineServer({
  name: 'hello',
  version: '1.0.0',
  resource: env('MCP_RESOURCE', { development: 'http://localhost:3000/mcp' }),
  scopes: {
    'greet:person': { description: 'Greet people by name', baseline: true },
    'greet:world': { description: 'Greet the whole world', implies: ['greet:person'] },
  },
  auth: embedded(),
})
