import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  title: 'Greet a person',
  description: 'Greet a person in the name of the signed-in user',
  scopes: ['greet:person'],
  annotations: { readOnlyHint: true, openWorldHint: false },
  input: z.object({ name: z.string().trim().min(1).max(80).describe('Who is greeted') }),
  output: z.object({ greeting: z.string() }),
  run: ({ name }, { caller }) => ({ greeting: `Hello ${name}, ${caller.subject} says hi.` }),
})
