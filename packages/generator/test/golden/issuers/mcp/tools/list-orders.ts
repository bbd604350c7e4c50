import { defineTool } from '@mcp-secure/spec'

export default defineTool({
  description: 'List orders',
  scopes: ['orders:read'],
  annotations: { readOnlyHint: true },
  uses: ['progress', 'elicitation'],
  run: () => 'none',
})
