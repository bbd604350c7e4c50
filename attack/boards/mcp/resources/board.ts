import { defineResource } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineResource({
  uri: 'boards://board/{id}',
  description: 'What stands on a board',
  scopes: ['boards:read'],
  variables: { id: z.string().max(20) },
  subscribe: ({ id }, { caller, services }) => services.isMember(id, caller.subject),
  read({ id }, { caller, services }) {
    services.witness.note('resource board', caller.subject, { id })
    return services.isMember(id, caller.subject) ? `board ${id}` : undefined
  },
})
