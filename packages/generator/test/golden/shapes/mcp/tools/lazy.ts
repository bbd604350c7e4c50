import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: 'A tool',
  access: 'authenticated',
  input: z.lazy(() => z.object({ a: z.string() })),
  run: () => undefined as never,
})
