/** What is being answered, so that a shutdown can wait for it, and end it when it has waited enough. */
export class InFlight {
  readonly #running: Set<{ readonly controller: AbortController }> = new Set()
  #idle: (() => void)[] = []

  /** Counts one in; `controller` is aborted if the server gives up waiting for it. Returns how to count it out. */
  begin(controller: AbortController): () => void {
    const entry = { controller }
    this.#running.add(entry)
    return () => {
      this.#running.delete(entry)
      if (this.#running.size === 0) for (const resolve of this.#idle.splice(0)) resolve()
    }
  }

  /** Resolves when nothing runs. After `patience` milliseconds what still runs is aborted, and gets a second more. */
  async drained(patience: number): Promise<void> {
    if (this.#running.size === 0) return
    const idle = new Promise<void>((resolve) => this.#idle.push(resolve))
    const timers: NodeJS.Timeout[] = []
    const after = (ms: number): Promise<void> => new Promise((resolve) => timers.push(setTimeout(resolve, ms)))
    await Promise.race([idle, after(patience)])
    for (const { controller } of this.#running) controller.abort(new Error('The server is shutting down.'))
    if (this.#running.size > 0) await Promise.race([idle, after(1_000)])
    for (const timer of timers) clearTimeout(timer)
  }
}
