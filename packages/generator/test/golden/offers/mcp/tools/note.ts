import { defineTool } from '@mcp-secure/spec'

export default defineTool({
  description: 'Has the name of a resource',
  scopes: ['notes:read'],
  icons: [{ src: 'https://notes.example.com/note.svg', mimeType: 'image/svg+xml', sizes: ['any'] }],
  _meta: { 'com.example/panel': { wide: true } },
  run: () => 'note',
})
