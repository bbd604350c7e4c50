import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: 'A tool',
  access: 'authenticated',
  input: z.union([z.string(), z.number()]),
  output: z.string(),
  run: () => undefined as never,
})
