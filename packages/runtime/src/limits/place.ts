/** The place of a request among those of its caller: free when it is answered and all that it started has ended. */
export class Place {
  readonly #leave: () => void
  #holders = 0

  constructor(leave: () => void) {
    this.#leave = leave
  }

  take(): () => void {
    this.#holders += 1
    let holds = true
    return () => {
      if (!holds) return
      holds = false
      this.#holders -= 1
      if (this.#holders === 0) this.#leave()
    }
  }
}
