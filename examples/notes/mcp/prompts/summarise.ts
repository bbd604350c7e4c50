import { definePrompt, PromptError } from '@mcp-secure/spec'
import { z } from 'zod'

export default definePrompt({
  title: 'Summarise a note',
  description: 'Ask for a summary of one of your notes',
  scopes: ['notes:read'],
  arguments: z.object({
    title: z.string().min(1).describe('The title of the note'),
    length: z.enum(['short', 'long']).optional(),
  }),
  complete: {
    async title(value, { caller, services }) {
      const notes = await services.notes.list(caller.subject)
      return notes.map(({ title }) => title).filter((title) => title.startsWith(value))
    },
    length: () => ['short', 'long'],
  },
  async run({ title, length = 'short' }, { caller, services }) {
    const found = (await services.notes.list(caller.subject)).find((note) => note.title === title)
    const note = found && (await services.notes.read(caller.subject, found.id))
    if (!note) throw new PromptError(`You have no note called ${title}.`)
    return `Write a ${length} summary of this note.\n\n# ${note.title}\n\n${note.text}`
  },
})
