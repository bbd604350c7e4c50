import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: 'A tool',
  access: 'authenticated',
  input: z.object({ n: z.string().transform(Number) }),
  output: z.object({ n: z.string().transform(Number).pipe(z.number()) }),
  run: () => undefined as never,
})
