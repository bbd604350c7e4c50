import { defineResource } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineResource({
  uri: 'items://item/{id}',
  title: 'An item',
  description: 'One item',
  mimeType: 'text/plain',
  scopes: ['items:read'],
  variables: { id: z.string().regex(/^[a-z0-9-]{1,40}$/) },
  complete: {
    id(value, { caller, services }) {
      services.witness.note('complete item', caller.subject, { value })
      return ['secret-item']
    },
  },
  list({ caller, services }) {
    services.witness.note('list item', caller.subject, {})
    return [{ variables: { id: 'one' }, title: 'One' }]
  },
  read({ id }, { caller, services }) {
    services.witness.note('resource item', caller.subject, { id })
    return `item ${id}`
  },
})
