import type { Claims } from './token-fault.js'

interface Entry {
  readonly claims: Claims
  /** Milliseconds since the epoch. */
  readonly until: number
}

/**
 * What introspection said about active tokens, by a hash of the token: the most
 * recently used ones, each until it expires.
 */
export class ActiveAnswers {
  readonly #entries: Map<string, Entry> = new Map()
  readonly #capacity: number

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get(key: string): Claims | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    this.#entries.delete(key)
    if (entry.until <= Date.now()) return undefined
    // A Map keeps the order of insertion: the first entry is the one unused for longest.
    this.#entries.set(key, entry)
    return entry.claims
  }

  set(key: string, claims: Claims, until: number): void {
    this.#entries.delete(key)
    this.#entries.set(key, { claims, until })
    const oldest = this.#entries.keys().next().value
    if (this.#entries.size > this.#capacity && oldest !== undefined) this.#entries.delete(oldest)
  }
}
