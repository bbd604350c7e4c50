import { defineResource } from '@mcp-secure/spec'

export default defineResource({
  uri: 'test://static-text',
  description: 'A text',
  mimeType: 'text/plain',
  scopes: ['fixture:use'],
  read: () => 'This is the content of the static text resource.',
})
