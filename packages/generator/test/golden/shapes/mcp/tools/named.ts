import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

const Note = z.object({ id: z.uuid() }).meta({ id: 'Note', title: 'A note' })

export default defineTool({
  description: 'A tool',
  access: 'authenticated',
  input: Note,
  output: z.object({ first: Note, second: Note }),
  run: () => undefined as never,
})
