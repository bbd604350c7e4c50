import { defineResource } from '@mcp-secure/spec'

export default defineResource({
  uri: 'test://watched-resource',
  description: 'A text that can be watched',
  mimeType: 'text/plain',
  scopes: ['fixture:use'],
  subscribe: true,
  read: () => 'Watched resource content.',
})
