import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: 'Greet a person',
  scopes: ['greet:person'],
  input: z.object({ name: z.string().min(1) }),
  run: ({ name }, { caller }) => `Hello ${name}, ${caller.subject} says hi.`,
})
