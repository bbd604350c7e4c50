import type { Surroundings } from './surroundings.js'

/** Failures in a row after which nobody is asked for a while. */
const THRESHOLD = 5
const SHORTEST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 30_000

/**
 * Spares an issuer that does not answer, and the callers who would wait for it.
 * After 5 failures in a row there is a pause of about 5 seconds; then one
 * question goes through, and what becomes of it ends the pause or doubles it,
 * to about 30 seconds at most. Pauses differ by a quarter, so that many servers
 * do not come back at the same instant.
 */
export class Breaker {
  readonly #surroundings: Pick<Surroundings, 'now' | 'random'>
  #failures = 0
  #pauses = 0
  #pausedUntil = 0
  #probing = false

  constructor(surroundings: Pick<Surroundings, 'now' | 'random'>) {
    this.#surroundings = surroundings
  }

  /** Whether the last questions failed, and none was answered since. */
  get isOpen(): boolean {
    return this.#failures >= THRESHOLD
  }

  /**
   * Asks to ask: nothing, or the milliseconds that it is too early. Whoever was
   * let through says afterwards what became of it.
   */
  tooEarlyBy(): number | undefined {
    if (!this.isOpen) return undefined
    const left = this.#pausedUntil - this.#surroundings.now()
    if (left > 0) return left
    if (this.#probing) return SHORTEST_PAUSE_MS
    this.#probing = true
    return undefined
  }

  succeeded(): void {
    this.#failures = 0
    this.#pauses = 0
    this.#probing = false
  }

  failed(): void {
    this.#failures += 1
    if (this.#probing || this.#failures === THRESHOLD) this.#pause()
    this.#probing = false
  }

  #pause(): void {
    const pause = Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** this.#pauses)
    this.#pauses += 1
    this.#pausedUntil = this.#surroundings.now() + pause * (0.75 + this.#surroundings.random() / 2)
  }
}
