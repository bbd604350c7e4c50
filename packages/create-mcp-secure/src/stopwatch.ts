/** Tells the time that this program takes itself from the time that it waits for a package manager. */
export class Stopwatch {
  readonly #started = performance.now()
  #waited = 0

  async waiting<Result>(work: () => Promise<Result>): Promise<Result> {
    const started = performance.now()
    try {
      return await work()
    } finally {
      this.#waited += performance.now() - started
    }
  }

  /** `12.3 s, 11.4 s of them npm`, or the whole alone when nothing was waited for. */
  read(waitedFor: string): string {
    const total = performance.now() - this.#started
    return this.#waited === 0 ? seconds(total) : `${seconds(total)}, ${seconds(this.#waited)} of them ${waitedFor}`
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`
}
