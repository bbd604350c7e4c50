import { defineTool } from '@mcp-secure/spec'

export default defineTool({
  description: 'A tool',
  access: 'authenticated',
  run: () => undefined as never,
})
