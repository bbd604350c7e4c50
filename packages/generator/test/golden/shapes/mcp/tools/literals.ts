import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: 'A tool',
  access: 'authenticated',
  input: z.enum(['a', 'b']),
  output: z.literal(1),
  run: () => undefined as never,
})
