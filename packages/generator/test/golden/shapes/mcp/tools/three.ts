import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod3'

export default defineTool({
  description: 'A tool',
  access: 'authenticated',
  input: z.object({ id: z.string().uuid(), size: z.number().positive(), pair: z.tuple([z.string(), z.number()]), at: z.coerce.date().optional() }),
  output: z.union([z.string(), z.object({ a: z.number() })]),
  run: () => undefined as never,
})
