import { defineServer, embedded, env } from '@mcp-secure/spec'

export default defineServer({
  name: 'offers',
  version: '1.0.0',
  icons: [{ src: 'https://notes.example.com/logo.png', mimeType: 'image/png', sizes: ['48x48', '96x96'] }],
  resource: env('MCP_RESOURCE', { development: 'http://localhost:3000/mcp' }),
  scopes: {
    'notes:read': { description: 'Read your notes', baseline: true },
    'notes:write': { description: 'Change your notes', implies: ['notes:read'] },
  },
  auth: embedded(),
})
