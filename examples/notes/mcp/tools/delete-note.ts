import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  title: 'Delete a note',
  description: 'Delete one of your notes for good',
  scopes: ['notes:write'],
  annotations: { destructiveHint: true, idempotentHint: true, openWorldHint: false },
  input: z.object({ id: z.uuid().describe('The id of the note, as list_notes gives it') }),
  output: z.object({ deleted: z.boolean().describe('false when you had no such note') }),
  async run({ id }, { caller, services }) {
    return { deleted: await services.notes.delete(caller.subject, id) }
  },
})
