import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

const Category = z.object({
  name: z.string(),
  get children() {
    return z.array(Category)
  },
})

export default defineTool({
  description: 'A tool',
  access: 'authenticated',
  input: Category,
  output: z.array(Category),
  run: () => undefined as never,
})
