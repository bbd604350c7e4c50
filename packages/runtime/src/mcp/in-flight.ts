interface Running {
  readonly controller: AbortController
  readonly cut: () => void
}

/** What is being answered, so that a shutdown can wait for it, and end it when it has waited enough. */
export class InFlight {
  readonly #running: Set<Running> = new Set()
  #idle: (() => void)[] = []

  /**
   * Counts one in. If the server gives up waiting for it, `controller` is
   * aborted, and if that ends nothing, `cut` called. Returns how to count it out.
   */
  begin(controller: AbortController, cut: () => void = () => {}): () => void {
    const entry = { controller, cut }
    this.#running.add(entry)
    return () => {
      this.#running.delete(entry)
      if (this.#running.size === 0) for (const resolve of this.#idle.splice(0)) resolve()
    }
  }

  /** Resolves when nothing runs. After `patience` milliseconds what still runs is aborted, and cut a second later. */
  async drained(patience: number): Promise<void> {
    if (this.#running.size === 0) return
    const idle = new Promise<void>((resolve) => this.#idle.push(resolve))
    const timers: NodeJS.Timeout[] = []
    const after = (ms: number): Promise<void> => new Promise((resolve) => timers.push(setTimeout(resolve, ms)))
    await Promise.race([idle, after(patience)])
    for (const { controller } of this.#running) controller.abort(new Error('The server is shutting down.'))
    if (this.#running.size > 0) await Promise.race([idle, after(1_000)])
    for (const { cut } of this.#running) cut()
    for (const timer of timers) clearTimeout(timer)
  }
}
