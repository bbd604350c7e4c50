import { defineTool } from '@mcp-secure/spec'

export default defineTool({ description: 'Has the name of a resource', scopes: ['notes:read'], run: () => 'note' })
