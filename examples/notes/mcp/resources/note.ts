import { defineResource } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineResource({
  uri: 'notes://note/{id}',
  title: 'A note',
  description: 'One of your notes, title and text',
  mimeType: 'text/markdown',
  scopes: ['notes:read'],
  variables: { id: z.uuid() },
  async list({ caller, services }) {
    const notes = await services.notes.list(caller.subject)
    return notes.map(({ id, title }) => ({ variables: { id }, title }))
  },
  complete: {
    async id(value, { caller, services }) {
      const notes = await services.notes.list(caller.subject)
      return notes.map(({ id }) => id).filter((id) => id.startsWith(value))
    },
  },
  async read({ id }, { caller, services }) {
    const note = await services.notes.read(caller.subject, id)
    return note && `# ${note.title}\n\n${note.text}`
  },
})
