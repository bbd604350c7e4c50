import { z } from 'zod'

/** A book as the API gives it, and as clients see it: what is not in here is dropped. */
export const book = z.object({ isbn: z.string(), title: z.string(), author: z.string() })

export type Book = z.infer<typeof book>
