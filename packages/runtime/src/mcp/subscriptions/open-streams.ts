import type { Identity } from '../../token/identity.js'

/** Streams that one subject may have open at once, and all together. */
const MOST_OF_ONE = 100
const MOST = 10_000

/** Who a subject is: its name is unique only together with its issuer. */
export function subjectOf({ issuer, subject }: Identity): string {
  return JSON.stringify([issuer, subject])
}

/** The streams of changes that are open, so that nobody has too many, and a shutdown can end them. */
export class OpenStreams {
  readonly #open: Set<() => void> = new Set()
  readonly #counts: Map<string, number> = new Map()

  /** Lets one more in, which `end` ends, and returns how to let it out, once; nothing if there are as many as may be. */
  enter(identity: Identity, end: () => void): (() => void) | undefined {
    const subject = subjectOf(identity)
    if (this.#open.size >= MOST || (this.#counts.get(subject) ?? 0) >= MOST_OF_ONE) return undefined
    this.#open.add(end)
    this.#count(subject, 1)
    return () => {
      if (this.#open.delete(end)) this.#count(subject, -1)
    }
  }

  #count(subject: string, by: number): void {
    const count = (this.#counts.get(subject) ?? 0) + by
    if (count === 0) this.#counts.delete(subject)
    else this.#counts.set(subject, count)
  }

  /** Ends all of them, in good order: clients may come back. */
  end(): void {
    for (const end of [...this.#open]) end()
  }
}
