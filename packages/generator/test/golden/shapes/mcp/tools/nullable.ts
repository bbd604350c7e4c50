import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: 'A tool',
  access: 'authenticated',
  input: z.object({ a: z.string() }).nullable(),
  run: () => undefined as never,
})
