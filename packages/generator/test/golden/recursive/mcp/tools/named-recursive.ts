import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

const Tree = z
  .object({
    get left() {
      return Tree.optional()
    },
  })
  .meta({ id: 'Tree' })

export default defineTool({
  description: 'A tool',
  access: 'authenticated',
  input: Tree,
  output: z.union([Tree, z.null()]),
  run: () => undefined as never,
})
