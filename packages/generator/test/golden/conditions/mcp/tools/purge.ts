import { defineTool } from '@mcp-secure/spec'

export default defineTool({
  description: 'Delete the notes of somebody else',
  scopes: ['notes:admin'],
  whenDenied: 'hide',
  freshLogin: { maxAgeSeconds: 300 },
  annotations: { destructiveHint: true },
  run: () => 'purged',
})
