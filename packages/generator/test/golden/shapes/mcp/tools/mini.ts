import { defineTool } from '@mcp-secure/spec'
import * as z from 'zod/mini'

export default defineTool({
  description: 'A tool',
  access: 'authenticated',
  input: z.object({ a: z.optional(z.string()) }),
  run: () => undefined as never,
})
