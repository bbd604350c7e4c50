import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: 'Change one item',
  scopes: ['items:write'],
  input: z.strictObject({ id: z.string().regex(/^[a-z0-9-]{1,40}$/), text: z.string().max(1_000) }),
  run({ id, text }, { caller, services }) {
    services.witness.note('write_item', caller.subject, { id, text })
    return 'written'
  },
})
