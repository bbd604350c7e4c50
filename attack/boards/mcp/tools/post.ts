import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: 'Post on a board, or on the one for staff',
  scopes: ['boards:write'],
  uses: ['changes'],
  input: z.strictObject({ board: z.string().max(20) }),
  run({ board }, { changes, caller, services }) {
    services.witness.note('post', caller.subject, { board })
    changes.resource(board === 'staff' ? 'boards://staff' : `boards://board/${board}`)
    return 'posted'
  },
})
