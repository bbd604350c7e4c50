import { defineResource } from '@mcp-secure/spec'

export default defineResource({
  uri: 'notes://all',
  description: 'All notes',
  scopes: ['notes:read'],
  subscribe: true,
  read: () => 'all',
})
