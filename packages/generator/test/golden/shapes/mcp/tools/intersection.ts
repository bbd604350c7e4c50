import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: 'A tool',
  access: 'authenticated',
  input: z.intersection(z.object({ a: z.string() }), z.object({ b: z.number().default(1) })),
  run: () => undefined as never,
})
