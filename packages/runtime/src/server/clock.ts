/** Time, so that a test need not wait for it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Calls back after that many milliseconds, unless the returned function is called before. Keeps no process alive. */
  after(milliseconds: number, then: () => void): () => void
}

/** `setTimeout` takes no more, and fires at once when it is given more. */
const LONGEST_TIMEOUT = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, then) {
    // Whoever waits for more than 24 days waits in vain: no connection lasts that long.
    if (milliseconds > LONGEST_TIMEOUT) return () => {}
    const timer = setTimeout(then, milliseconds).unref()
    return () => clearTimeout(timer)
  },
}
