import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: 'A tool',
  access: 'authenticated',
  input: z.discriminatedUnion('kind', [z.object({ kind: z.literal('a'), a: z.string() }), z.object({ kind: z.literal('b'), b: z.int() })]),
  output: z.array(z.object({ id: z.uuid() })),
  run: () => undefined as never,
})
