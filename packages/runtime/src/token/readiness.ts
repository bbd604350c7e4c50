import type { IssuerSource } from './issuer-source.js'
import type { Surroundings } from './surroundings.js'

/** Milliseconds that somebody who asks waits at most: whoever asks is a machine, and asks again. */
const PATIENCE_MS = 1_000
/** Anybody may ask: that must not become as many questions to an issuer. */
const BETWEEN_TRIES_MS = 1_000

/**
 * Whether this server can verify tokens: those of one issuer at least. An issuer
 * that is away but whose keys are still good counts. While none can be used,
 * asking is what makes it try again: nobody sends calls to a server that is not
 * ready, and it would never notice.
 */
export class Readiness {
  readonly #sources: readonly IssuerSource[]
  readonly #surroundings: Surroundings
  #trying: Promise<unknown> | undefined
  #triedAt = Number.NEGATIVE_INFINITY

  constructor(sources: readonly IssuerSource[], surroundings: Surroundings) {
    this.#sources = sources
    this.#surroundings = surroundings
  }

  async isReady(): Promise<boolean> {
    if (this.#isUsable()) return true
    const trying = this.#try()
    if (trying === undefined) return false
    const done = new AbortController()
    await Promise.race([trying, this.#surroundings.wait(PATIENCE_MS, done.signal)])
    done.abort()
    return this.#isUsable()
  }

  /** The attempt that is under way, or a new one; nothing, if the last one was a moment ago. */
  #try(): Promise<unknown> | undefined {
    if (this.#trying !== undefined) return this.#trying
    const now = this.#surroundings.now()
    if (now - this.#triedAt < BETWEEN_TRIES_MS) return undefined
    this.#triedAt = now
    this.#trying = this.#tryOut().finally(() => {
      this.#trying = undefined
    })
    return this.#trying
  }

  #isUsable(): boolean {
    return this.#sources.some((source) => source.isUsable())
  }

  async #tryOut(): Promise<void> {
    await Promise.allSettled(this.#sources.map((source) => source.tryOut()))
  }
}
