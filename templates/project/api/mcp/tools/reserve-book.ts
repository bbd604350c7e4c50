import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'

export default defineTool({
  title: 'Reserve a book',
  description: 'Reserve a book of the library for the signed-in user',
  scopes: ['books:reserve'],
  annotations: { destructiveHint: false, openWorldHint: true },
  input: z.object({
    isbn: z
      .string()
      .regex(/^\d{13}$/)
      .describe('The ISBN of the book, as search_books gives it'),
  }),
  output: z.object({ reservation: z.string() }),
  async run({ isbn }, { caller, services, signal }) {
    return { reservation: await services.library.reserve(caller.subject, isbn, signal) }
  },
})
