import { setTimeout as sleep } from 'node:timers/promises'

/** What a decision depends on besides its input: a test brings its own. */
export interface Surroundings {
  /** Milliseconds since the epoch. */
  now(): number
  /** At least 0, and less than 1. */
  random(): number
  /** Resolves after so many milliseconds, or as soon as the signal is aborted. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>
}

export const systemSurroundings: Surroundings = {
  now: () => Date.now(),
  random: () => Math.random(),
  async wait(milliseconds, signal) {
    try {
      // Nothing that waits here is a reason to keep a process alive.
      await sleep(milliseconds, undefined, { ref: false, ...(signal ? { signal } : {}) })
    } catch {
      // Aborted: whoever waits looks at the signal.
    }
  },
}
