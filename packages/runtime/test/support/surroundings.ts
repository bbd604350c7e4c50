import type { Surroundings } from '../../src/token/surroundings.js'

/** A clock that a test moves, chance that is none, and pauses that take no time. */
export class TestSurroundings implements Surroundings {
  time: number = Date.now()
  /** What `random()` gives. */
  chance = 0.5
  /** Every pause that was asked for, in milliseconds. */
  readonly pauses: number[] = []
  readonly #waiting: Set<() => void> = new Set()

  now(): number {
    return this.time
  }

  random(): number {
    return this.chance
  }

  /** The short pauses between two attempts pass at once, longer ones when the test says so. */
  async wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
    this.pauses.push(milliseconds)
    if (milliseconds < 1_000 || signal?.aborted) return
    await new Promise<void>((resolve) => {
      this.#waiting.add(resolve)
      signal?.addEventListener('abort', () => resolve(), { once: true })
    })
  }

  pass(milliseconds: number): void {
    this.time += milliseconds
  }

  /** Ends every pause that somebody waits for. */
  endPauses(): void {
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }
}
