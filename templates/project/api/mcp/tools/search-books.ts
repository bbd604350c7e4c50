import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'
import { book } from '../../library/book.js'

export default defineTool({
  title: 'Search for books',
  description: 'Search the library by words of a title or an author',
  scopes: ['books:read'],
  annotations: { readOnlyHint: true, openWorldHint: true },
  input: z.object({ words: z.string().trim().min(1).max(200) }),
  output: z.object({ books: z.array(book) }),
  async run({ words }, { services, signal }) {
    return { books: await services.library.search(words, signal) }
  },
})
