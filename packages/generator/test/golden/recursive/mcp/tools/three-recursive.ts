import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod3'

type Tree = { children: Tree[] }
const Tree: z.ZodType<Tree> = z.lazy(() => z.object({ children: z.array(Tree) }))

export default defineTool({
  description: 'A tool',
  access: 'authenticated',
  input: Tree as never,
  output: z.tuple([Tree, Tree]) as never,
  run: () => undefined as never,
})
