import { defineTool } from '@mcp-secure/spec'

export default defineTool({ description: 'A', scopes: ['admin', 'audit|log'], run: () => '' })
