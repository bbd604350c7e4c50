import { defineResource } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineResource({
  uri: 'test://template/{id}/data',
  description: 'Whatever has the id',
  mimeType: 'application/json',
  scopes: ['fixture:use'],
  variables: { id: z.string().max(40) },
  read: ({ id }) => JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` }),
})
