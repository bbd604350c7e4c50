import { defineResource } from '@mcp-secure/spec'

export default defineResource({
  uri: 'notes://delete-note',
  title: 'Delete note',
  description: 'Delete note',
  mimeType: 'text/plain',
  access: 'authenticated',
  read: (_variables, { caller }) => `Nothing yet for ${caller.subject}`,
})
