/**
 * State that processes of one server share: what each learned, the others know.
 * It may be away at any time, and is then nowhere needed to decide: whoever uses
 * it has an answer of its own for that.
 */
export interface SharedState {
  /** Whether it can be asked. Asking all the same rejects. */
  readonly available: boolean
  /** The connection, for a library that brings its own commands. */
  readonly redis: unknown
  /** The key under which this server keeps something: other servers use the same store. */
  keyOf(name: string): string
  /** Notes that it did not answer: nobody waits for it until it is found to be back. */
  lost(error: unknown): void
  get(name: string): Promise<string | undefined>
  /** Keeps a value for that many milliseconds. */
  set(name: string, value: string, milliseconds: number): Promise<void>
  delete(name: string): Promise<void>
  close(): Promise<void>
}
