import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: 'Move a note to another folder',
  scopes: ['notes:write'],
  input: z.object({ id: z.uuid(), folder: z.string(), share: z.boolean().default(false) }),
  argumentScopes: {
    declared: ['notes:share'],
    pick: ({ share }) => (share ? ['notes:share'] : []),
  },
  run: ({ id, folder }) => `${id} is in ${folder}`,
})
