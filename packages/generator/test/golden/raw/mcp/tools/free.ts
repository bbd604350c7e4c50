import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: 'A tool',
  access: 'authenticated',
  input: z.object({ any: z.any(), json: z.json(), list: z.array(z.unknown()).optional() }),
  run: (input) => JSON.stringify(input),
})
