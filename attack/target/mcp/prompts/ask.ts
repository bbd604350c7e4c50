import { definePrompt } from '@mcp-secure/spec'
import { z } from 'zod'

export default definePrompt({
  description: 'Ask about an item',
  scopes: ['items:write'],
  arguments: z.object({ id: z.string().regex(/^[a-z0-9-]{1,40}$/) }),
  complete: {
    id(value, { caller, services }) {
      services.witness.note('complete ask', caller.subject, { value })
      return ['secret-item']
    },
  },
  run({ id }, { caller, services }) {
    services.witness.note('prompt ask', caller.subject, { id })
    return `What is ${id}?`
  },
})
