import { defineTool, ToolError } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: 'Change a note that is yours, or that was shared with you for changing',
  scopes: ['notes:write'],
  input: z.object({ id: z.uuid(), text: z.string() }),
  authorize({ input, caller, services }) {
    const note = services.notes.get(input.id)
    if (note === undefined) throw new ToolError(`There is no note ${input.id}.`)
    return note.editors.includes(caller.subject)
  },
  run({ id, text }, { services }) {
    services.notes.get(id)?.versions.push(text)
    return 'changed'
  },
})
