import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  title: 'List notes',
  description: 'List your notes, newest first',
  scopes: ['notes:read'],
  annotations: { readOnlyHint: true, openWorldHint: false },
  output: z.object({
    notes: z.array(z.object({ id: z.uuid(), text: z.string(), createdAt: z.iso.datetime() })),
  }),
  async run(_input, { caller, services }) {
    return { notes: await services.notes.list(caller.subject) }
  },
})
