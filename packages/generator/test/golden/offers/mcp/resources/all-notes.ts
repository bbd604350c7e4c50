import { defineResource } from '@mcp-secure/spec'

export default defineResource({
  uri: 'notes://notes',
  description: 'The titles of your notes',
  access: 'authenticated',
  read: () => undefined,
})
