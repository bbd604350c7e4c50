import { defineTool } from '@mcp-secure/spec'

export default defineTool({
  description: 'Answers with a text',
  scopes: ['fixture:use'],
  run: () => 'This is a simple text response for testing.',
})
