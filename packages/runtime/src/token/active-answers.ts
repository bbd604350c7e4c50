import type { Surroundings } from './surroundings.js'
import type { Claims } from './token-fault.js'

interface Entry<Answer> {
  readonly answer: Answer
  /** Milliseconds since the epoch. */
  readonly until: number
}

/**
 * What issuers said about tokens, by a hash of the token: the most recently used
 * answers, each until it expires. By default what introspection said of active ones.
 */
export class ActiveAnswers<Answer = Claims> {
  readonly #entries: Map<string, Entry<Answer>> = new Map()
  readonly #capacity: number
  readonly #surroundings: Pick<Surroundings, 'now'>

  constructor(capacity: number, surroundings: Pick<Surroundings, 'now'>) {
    this.#capacity = capacity
    this.#surroundings = surroundings
  }

  get(key: string): Answer | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    this.#entries.delete(key)
    if (entry.until <= this.#surroundings.now()) return undefined
    // A Map keeps the order of insertion: the first entry is the one unused for longest.
    this.#entries.set(key, entry)
    return entry.answer
  }

  set(key: string, answer: Answer, until: number): void {
    if (until <= this.#surroundings.now()) return
    this.#entries.delete(key)
    this.#entries.set(key, { answer, until })
    const oldest = this.#entries.keys().next().value
    if (this.#entries.size > this.#capacity && oldest !== undefined) this.#entries.delete(oldest)
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }

  clear(): void {
    this.#entries.clear()
  }
}
