import { defineTool } from '@mcp-secure/spec'

export default defineTool({ description: 'Use nothing', access: 'public', annotations: { readOnlyHint: true }, uses: [], run: () => '' })
