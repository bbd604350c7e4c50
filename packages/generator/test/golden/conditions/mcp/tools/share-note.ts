import { defineTool } from '@mcp-secure/spec'

export default defineTool({
  description: 'Share a note',
  scopes: { anyOf: [['notes:share'], ['notes:admin', 'notes:audit']] },
  run: () => 'shared',
})
