import { defineResource } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineResource({
  uri: 'files://tree/{+path}',
  title: 'A file',
  description: 'One file below the root',
  mimeType: 'text/plain',
  scopes: ['items:write'],
  variables: { path: z.string() },
  complete: {
    path(value, { caller, services }) {
      services.witness.note('complete file', caller.subject, { value })
      return ['secret-file']
    },
  },
  read({ path }, { caller, services }) {
    services.witness.note('resource file', caller.subject, { path })
    return `file ${path}`
  },
})
