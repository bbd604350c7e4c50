import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  title: 'Delete a note',
  description: 'Delete one of your notes',
  scopes: ['notes:write'],
  annotations: { destructiveHint: true, idempotentHint: true },
  input: z.object({ id: z.uuid() }),
  output: z.object({ deleted: z.boolean() }),
  async run({ id }, { caller }) {
    return { deleted: id === caller.subject }
  },
})
