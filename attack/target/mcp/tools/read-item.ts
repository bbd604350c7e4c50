import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: 'Read one item',
  scopes: ['items:read'],
  input: z.strictObject({ id: z.string().regex(/^[a-z0-9-]{1,40}$/) }),
  output: z.object({ id: z.string(), subject: z.string() }),
  run({ id }, { caller, services }) {
    services.witness.note('read_item', caller.subject, { id })
    return { id, subject: caller.subject }
  },
})
