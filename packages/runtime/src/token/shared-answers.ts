import type { AcceptedIssuer } from '../configuration/accepted-issuer.js'
import type { SealedPlace, SealedState } from '../shared/sealed-places.js'
import { askShared } from '../shared/shared-state.js'
import { CLOCK_TOLERANCE } from './clock-tolerance.js'
import { type Answer, believedUntil, type KeptAnswers, OwnAnswers } from './kept-answers.js'
import type { Surroundings } from './surroundings.js'
import type { Claims } from './token-fault.js'

/** What stands in place of an answer when somebody learned that the token is not active. It says nothing that has to be believed. */
const NOT_ACTIVE = 'not active'
/** Milliseconds for which it stands there: longer than a question is under way that was put before. */
const STANDS_MS = 15_000
/** Tokens that were found not active and of which the others do not know; of more, the first ones are left out. */
const MOST_UNTOLD = 10_000

/**
 * Answers that all processes remember together. While the shared state can be
 * asked it is the only place where an answer is kept, so that as soon as one
 * process learned that a token is not active, none believes an older answer.
 * While it cannot, each remembers for itself what it asks then, and when the
 * shared state is back it forgets that, and tells which tokens are not active.
 */
export class SharedAnswers implements KeptAnswers {
  readonly #accepted: Extract<AcceptedIssuer, { form: 'opaque' }>
  readonly #sealed: SealedState
  readonly #surroundings: Pick<Surroundings, 'now'>
  readonly #own: OwnAnswers
  /** Places of tokens that are not active, and until when somebody may believe otherwise, in milliseconds since the epoch. */
  readonly #untold: Map<string, number> = new Map()

  constructor(
    accepted: Extract<AcceptedIssuer, { form: 'opaque' }>,
    sealed: SealedState,
    surroundings: Pick<Surroundings, 'now'>,
  ) {
    this.#accepted = accepted
    this.#sealed = sealed
    this.#surroundings = surroundings
    this.#own = new OwnAnswers(accepted, surroundings)
    sealed.state.onReturn(() => {
      this.#own.clear()
      this.#tell()
    })
  }

  async find(token: string): Promise<Claims | undefined> {
    const { state } = this.#sealed
    const place = this.#placeOf(token)
    return askShared(
      state,
      async () => {
        const kept = await state.get(place.name)
        if (kept === undefined || kept === NOT_ACTIVE) return undefined
        const text = place.open(kept)
        return text === undefined ? undefined : this.#believed(JSON.parse(text))
      },
      () => this.#own.find(token),
    )
  }

  async keep(token: string, answer: Answer): Promise<boolean> {
    const { state } = this.#sealed
    const place = this.#placeOf(token)
    return askShared(
      state,
      async () => {
        const now = this.#surroundings.now()
        // What stood there is gone by now, if anything did.
        if (now - answer.asked >= STANDS_MS) return false
        const left = believedUntil(answer, this.#accepted) - now
        if (left > 0 && (await state.setIfAbsent(place.name, place.seal(JSON.stringify(answer)), left))) return true
        return (await state.get(place.name)) !== NOT_ACTIVE
      },
      () => this.#own.keep(token, answer),
    )
  }

  async forget(token: string): Promise<void> {
    const { state } = this.#sealed
    const { name } = this.#placeOf(token)
    return askShared(
      state,
      () => state.set(name, NOT_ACTIVE, STANDS_MS),
      () => {
        this.#remember(name)
        return this.#own.forget(token)
      },
    )
  }

  #remember(name: string): void {
    this.#untold.delete(name)
    this.#untold.set(name, this.#surroundings.now() + this.#accepted.believedForMs)
    const first = this.#untold.keys().next().value
    if (this.#untold.size > MOST_UNTOLD && first !== undefined) this.#untold.delete(first)
  }

  /** In the order of commands before everything that is asked from now on. */
  #tell(): void {
    const { state } = this.#sealed
    for (const [name, until] of this.#untold) {
      if (until <= this.#surroundings.now()) {
        this.#untold.delete(name)
        continue
      }
      state.set(name, NOT_ACTIVE, STANDS_MS).then(
        () => this.#untold.delete(name),
        (error: unknown) => state.lost(error),
      )
    }
  }

  /**
   * What was sealed here may have been put back by whoever can write there, so
   * its age is judged again, by the clock and the settings of this process.
   */
  #believed(answer: Answer): Claims | undefined {
    const now = this.#surroundings.now()
    if (answer.asked > now + CLOCK_TOLERANCE * 1000) return undefined
    return believedUntil(answer, this.#accepted) > now ? answer.claims : undefined
  }

  #placeOf(token: string): SealedPlace {
    return this.#sealed.places.of('answer', this.#accepted.issuer, token)
  }
}
