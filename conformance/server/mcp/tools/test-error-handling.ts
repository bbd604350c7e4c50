import { defineTool, ToolError } from '@mcp-secure/spec'

export default defineTool({
  description: 'Fails, in words for the model',
  scopes: ['fixture:use'],
  run() {
    throw new ToolError('This tool intentionally returns an error for testing')
  },
})
