import type { SealedPlace, SealedState } from '../shared/sealed-places.js'
import { askShared } from '../shared/shared-state.js'
import { Breaker, type IssuerBreaker, type Pause, SHORTEST_PAUSE_MS } from './breaker.js'
import type { Surroundings } from './surroundings.js'

/** Milliseconds after which another process tries if the one whose turn it was says nothing: longer than a question takes. */
const TURN_MS = 10_000
/** Milliseconds for which it is remembered after a pause that the issuer failed. */
const REMEMBERED_MS = 60_000

/**
 * A breaker of all processes together: who found the issuer down tells the
 * others, after a pause one of all of them tries, and whoever is answered ends it
 * for all. A process that was answered after the other's first failure knows
 * better, and goes on: one machine whose own way to the issuer is broken does
 * not stop the rest. While the shared state is away each goes on by what it
 * knows then.
 */
export class SharedBreaker implements IssuerBreaker {
  readonly #sealed: SealedState
  readonly #surroundings: Pick<Surroundings, 'now' | 'random'>
  readonly #own: Breaker
  readonly #place: SealedPlace
  readonly #turn: string
  #answeredAt = Number.NEGATIVE_INFINITY
  /** Whether what this process knows of a pause is what all know. */
  #isCommon = false

  constructor(issuer: string, sealed: SealedState, surroundings: Pick<Surroundings, 'now' | 'random'>) {
    this.#sealed = sealed
    this.#surroundings = surroundings
    this.#own = new Breaker(surroundings)
    this.#place = sealed.places.of('pause', issuer)
    this.#turn = sealed.places.of('turn', issuer).name
  }

  get isOpen(): boolean {
    return this.#own.isOpen
  }

  async tooEarlyBy(): Promise<number | undefined> {
    const { state } = this.#sealed
    const isMine = await askShared(
      state,
      async () => {
        await this.#look()
        const { pause } = this.#own
        if (pause === undefined || pause.until > this.#surroundings.now()) return true
        return state.setIfAbsent(this.#turn, 'taken', TURN_MS)
      },
      () => true,
    )
    return isMine ? this.#own.tooEarlyBy() : SHORTEST_PAUSE_MS
  }

  async succeeded(): Promise<boolean> {
    const { state } = this.#sealed
    this.#answeredAt = this.#surroundings.now()
    const ends = this.#own.succeeded()
    if (!ends) return false
    this.#isCommon = false
    await askShared(
      state,
      () => state.delete(this.#place.name, this.#turn),
      () => {},
    )
    return true
  }

  async failed(): Promise<boolean> {
    const begins = this.#own.failed()
    const { pause } = this.#own
    if (begins && pause !== undefined) await this.#tell(pause)
    return begins
  }

  async #tell(pause: Pause): Promise<void> {
    const { state } = this.#sealed
    const remembered = pause.until - this.#surroundings.now() + REMEMBERED_MS
    this.#isCommon = await askShared(
      state,
      async () => {
        await state.set(this.#place.name, this.#place.seal(JSON.stringify(pause)), remembered)
        await state.delete(this.#turn)
        return true
      },
      () => false,
    )
  }

  /** Takes over what all know by now. */
  async #look(): Promise<void> {
    const kept = await this.#sealed.state.get(this.#place.name)
    const text = kept === undefined ? undefined : this.#place.open(kept)
    if (text === undefined) {
      // It was known to all, and is gone: one of them was answered.
      if (this.#isCommon) this.#own.succeeded()
      this.#isCommon = false
      return
    }
    const pause: Pause = JSON.parse(text)
    if (pause.since <= this.#answeredAt) return
    this.#own.takeOver(pause)
    this.#isCommon = true
  }
}
