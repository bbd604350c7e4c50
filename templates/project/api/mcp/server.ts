import { defineServer, embedded, env } from '@mcp-secure/spec'

export default defineServer({
  name: 'api',
  version: '0.1.0',
  instructions: 'A library. Search for a book before you reserve it.',
  resource: env('MCP_RESOURCE', { development: 'http://localhost:3000/mcp' }),
  scopes: {
    'books:read': { description: 'Search the library', baseline: true },
    'books:reserve': { description: 'Reserve books in your name', implies: ['books:read'] },
  },
  auth: embedded(),
})
