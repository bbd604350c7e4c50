import { defineResource } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineResource({
  uri: 'notes://note/{id}',
  description: 'A note',
  scopes: ['notes:read'],
  variables: { id: z.uuid() },
  subscribe: ({ id }, { caller }) => id === caller.subject,
  read: ({ id }) => id,
})
