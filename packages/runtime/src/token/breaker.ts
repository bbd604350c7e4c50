import type { Surroundings } from './surroundings.js'

/** Failures in a row after which nobody is asked for a while. */
const THRESHOLD = 5
export const SHORTEST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 30_000

/** An issuer that is left alone. Times are milliseconds since the epoch. */
export interface Pause {
  /** When the first of the failures in a row was. */
  readonly since: number
  readonly until: number
  /** How many there have been in a row, with this one. */
  readonly number: number
}

/** Decides whether an issuer is asked. Whoever was let through says afterwards what became of it. */
export interface IssuerBreaker {
  /** Whether the last questions failed, and none was answered since. */
  readonly isOpen: boolean
  /** Asks to ask: nothing, or the milliseconds that it is too early. */
  tooEarlyBy(): number | undefined | Promise<number | undefined>
  /** Says whether pauses end by that. */
  succeeded(): boolean | Promise<boolean>
  /** Says whether a pause begins by that. */
  failed(): boolean | Promise<boolean>
}

/**
 * Spares an issuer that does not answer, and the callers who would wait for it.
 * After 5 failures in a row there is a pause of about 5 seconds; then one
 * question goes through, and what becomes of it ends the pause or doubles it,
 * to about 30 seconds at most. Pauses differ by a quarter, so that many servers
 * do not come back at the same instant.
 */
export class Breaker implements IssuerBreaker {
  readonly #surroundings: Pick<Surroundings, 'now' | 'random'>
  #failures = 0
  #since = 0
  #pauses = 0
  #pausedUntil = 0
  #probing = false

  constructor(surroundings: Pick<Surroundings, 'now' | 'random'>) {
    this.#surroundings = surroundings
  }

  get isOpen(): boolean {
    return this.#failures >= THRESHOLD
  }

  /** The pause that is, or was the last one while nobody has been answered since. */
  get pause(): Pause | undefined {
    return this.isOpen ? { since: this.#since, until: this.#pausedUntil, number: this.#pauses } : undefined
  }

  tooEarlyBy(): number | undefined {
    if (!this.isOpen) return undefined
    const left = this.#pausedUntil - this.#surroundings.now()
    if (left > 0) return left
    if (this.#probing) return SHORTEST_PAUSE_MS
    this.#probing = true
    return undefined
  }

  succeeded(): boolean {
    const ends = this.isOpen
    this.#failures = 0
    this.#pauses = 0
    this.#probing = false
    return ends
  }

  failed(): boolean {
    if (this.#failures === 0) this.#since = this.#surroundings.now()
    this.#failures += 1
    const begins = this.#probing || this.#failures === THRESHOLD
    if (begins) this.#pause()
    this.#probing = false
    return begins
  }

  /** Takes over a pause that somebody else began; none is longer than one of its own could be. */
  takeOver({ since, until, number }: Pause): void {
    this.#failures = Math.max(this.#failures, THRESHOLD)
    this.#since = since
    this.#pausedUntil = Math.min(until, this.#surroundings.now() + LONGEST_PAUSE_MS * 1.25)
    this.#pauses = number
  }

  #pause(): void {
    const pause = Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** this.#pauses)
    this.#pauses += 1
    this.#pausedUntil = this.#surroundings.now() + pause * (0.75 + this.#surroundings.random() / 2)
  }
}
