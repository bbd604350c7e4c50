import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: 'A tool',
  access: 'authenticated',
  input: z.object({ limit: z.int().min(1).max(100).default(20), order: z.enum(['newest', 'oldest']).optional() }),
  output: z.object({ limit: z.number().default(1) }),
  run: () => undefined as never,
})
