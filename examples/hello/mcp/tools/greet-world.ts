import { defineTool } from '@mcp-secure/spec'

export default defineTool({
  description: 'Greet everybody at once',
  scopes: ['greet:world'],
  run: () => 'Hello, world.',
})
