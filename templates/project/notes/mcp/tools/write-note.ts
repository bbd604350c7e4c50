import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  title: 'Write a note',
  description: 'Write a new note of yours',
  scopes: ['notes:write'],
  annotations: { destructiveHint: false, openWorldHint: false },
  input: z.object({ text: z.string().trim().min(1).max(2_000) }),
  output: z.object({ id: z.uuid() }),
  async run({ text }, { caller, services }) {
    return { id: await services.notes.write(caller.subject, text) }
  },
})
