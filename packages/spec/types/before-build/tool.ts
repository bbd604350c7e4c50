import { defineTool } from '@mcp-secure/spec'

export default defineTool({ description: 'Anything', scopes: ['notes:read'], run: () => '' })
