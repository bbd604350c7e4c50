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
  /** Calls this whenever it is back after it was away. */
  onReturn(then: () => void): void
  get(name: string): Promise<string | undefined>
  /** Keeps a value for that many milliseconds. */
  set(name: string, value: string, milliseconds: number): Promise<void>
  /** The same, unless there is one already; says whether it was kept. One step: of many who try, one succeeds. */
  setIfAbsent(name: string, value: string, milliseconds: number): Promise<boolean>
  delete(...names: readonly string[]): Promise<void>
  /** Sends a message to whoever listens to this name now. Nobody is told later. */
  publish(name: string, message: string): Promise<void>
  /** Listens to messages of this name, until it is closed; those from while it was away are lost. */
  listen(name: string, listener: (message: string) => void): Promise<void>
  close(): Promise<void>
}

/** What the shared state answers, or, while it cannot be asked or does not answer, what is done instead. */
export async function askShared<T>(
  state: SharedState,
  ask: () => Promise<T>,
  otherwise: () => T | Promise<T>,
): Promise<T> {
  if (!state.available) return otherwise()
  try {
    return await ask()
  } catch (error) {
    state.lost(error)
    return otherwise()
  }
}
