import { defineResource } from '@mcp-secure/spec'

export default defineResource({
  uri: 'notes://notes',
  description: 'The titles of your notes',
  icons: [{ src: 'data:image/png;base64,iVBORw0KGgo=', theme: 'dark' }],
  access: 'authenticated',
  read: () => undefined,
})
