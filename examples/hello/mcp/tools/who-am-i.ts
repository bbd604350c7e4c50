import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  description: 'Tell who is signed in, and through which client',
  access: 'authenticated',
  annotations: { readOnlyHint: true },
  output: z.object({ subject: z.string(), clientId: z.string(), scopes: z.array(z.string()) }),
  run: (_input, { caller }) => ({ subject: caller.subject, clientId: caller.clientId, scopes: caller.scopes }),
})
