/** A handler that ran, and for whom. */
export interface Run {
  readonly handler: string
  readonly subject: string
  readonly given: unknown
}

/** Notes every handler that runs, so that whoever attacks can tell that none did. */
export class Witness {
  static readonly #own: Witness = new Witness()
  #runs: Run[] = []

  static ofThisProcess(): Witness {
    return Witness.#own
  }

  note(handler: string, subject: string, given: unknown): void {
    this.#runs.push({ handler, subject, given })
  }

  /** What ran since the last time that somebody asked. */
  take(): readonly Run[] {
    return this.#runs.splice(0)
  }
}
