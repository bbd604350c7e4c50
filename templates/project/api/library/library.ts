import { ToolError } from '@mcp-secure/spec'
import { z } from 'zod'
import { type Book, book } from './book.js'
import type { HttpApi } from './http-api.js'

const found = z.object({ books: z.array(book) })
const reserved = z.object({ reservation: z.string() })

/** What this server does with the API, in words of the library: one method a request. */
export class Library {
  readonly #api: HttpApi

  constructor(api: HttpApi) {
    this.#api = api
  }

  async search(words: string, signal: AbortSignal): Promise<Book[]> {
    const { books } = await this.#api.get(`books?${new URLSearchParams({ words })}`, found, signal)
    return books
  }

  async reserve(reader: string, isbn: string, signal: AbortSignal): Promise<string> {
    // The API trusts this server with every reader's name, so it has to be the verified caller's and no argument.
    const path = `books/${encodeURIComponent(isbn)}/reservations`
    const answer = await this.#api.post(path, { reader }, reserved, signal)
    if (answer === 'not found') throw new ToolError(`There is no book ${isbn}. Call search_books for those there are.`)
    return answer.reservation
  }
}
