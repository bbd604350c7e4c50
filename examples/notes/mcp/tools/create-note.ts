import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  title: 'Create a note',
  description: 'Write a new note of yours',
  scopes: ['notes:write'],
  annotations: { destructiveHint: false, openWorldHint: false },
  input: z.object({
    title: z.string().trim().min(1).max(120),
    text: z.string().max(10_000),
  }),
  output: z.object({ id: z.uuid() }),
  async run({ title, text }, { caller, services }) {
    return { id: await services.notes.create(caller.subject, title, text) }
  },
})
