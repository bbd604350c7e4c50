import { defineTool, ToolError } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  title: 'Delete a note',
  description: 'Delete one of your notes for good',
  scopes: ['notes:write'],
  annotations: { destructiveHint: true, idempotentHint: true, openWorldHint: false },
  input: z.object({ id: z.uuid().describe('The id of the note, as list_notes gives it') }),
  async run({ id }, { caller, services }) {
    if (await services.notes.delete(caller.subject, id)) return 'Deleted.'
    throw new ToolError(`You have no note ${id}. Call list_notes for the ids of your notes.`)
  },
})
