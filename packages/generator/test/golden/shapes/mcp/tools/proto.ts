import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: 'A tool',
  access: 'authenticated',
  input: z.object({ ['__proto__']: z.string(), constructor: z.string(), 'a-b': z.string(), 1: z.string() }),
  run: () => undefined as never,
})
