import { defineResource } from '@mcp-secure/spec'
import { z } from 'zod'
import { NOTE } from '../_uris.js'

export default defineResource({
  uri: NOTE,
  title: 'A note',
  description: 'One of your notes',
  mimeType: 'text/markdown',
  scopes: ['notes:read'],
  variables: { id: z.uuid() },
  list: () => [{ variables: { id: crypto.randomUUID() }, title: 'A note' }],
  complete: { id: (value) => [value] },
  read: ({ id }, { caller }) => `${caller.subject} ${id}`,
})
