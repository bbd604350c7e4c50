/** How many requests each key has in hand. Of one process: what runs here burdens this process. */
export class Concurrency {
  readonly #running: Map<string, number> = new Map()
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  /** Lets one more in and returns how to let it out, once; nothing if there are as many as may be. */
  enter(key: string): (() => void) | undefined {
    const running = this.#running.get(key) ?? 0
    if (running >= this.#most) return undefined
    this.#running.set(key, running + 1)
    let inside = true
    return () => {
      if (!inside) return
      inside = false
      const left = (this.#running.get(key) ?? 1) - 1
      if (left === 0) this.#running.delete(key)
      else this.#running.set(key, left)
    }
  }
}
