import { defineTool, ToolError } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  title: 'Read a note',
  description: 'Read one of your notes in full',
  scopes: ['notes:read'],
  annotations: { readOnlyHint: true, openWorldHint: false },
  input: z.object({ id: z.uuid().describe('The id of the note, as list_notes gives it') }),
  output: z.object({ id: z.uuid(), title: z.string(), text: z.string(), createdAt: z.iso.datetime() }),
  async run({ id }, { caller, services }) {
    const note = await services.notes.read(caller.subject, id)
    if (!note) throw new ToolError(`You have no note ${id}. Call list_notes for the ids of your notes.`)
    return note
  },
})
