import { createHash } from 'node:crypto'
import type { AcceptedIssuer } from '../configuration/accepted-issuer.js'
import { ActiveAnswers } from './active-answers.js'
import type { Surroundings } from './surroundings.js'
import type { Claims } from './token-fault.js'

/** What an issuer said about a token that is active, without what in it repeats the token. */
export interface Answer {
  readonly claims: Claims
  /** When it was asked, in milliseconds since the epoch: what it said may be older than its arrival. */
  readonly asked: number
}

/** What is remembered of answers about tokens: never of one that is not active. */
export interface KeptAnswers {
  /** What is still believed of this token. */
  find(token: string): Promise<Claims | undefined>
  /**
   * Keeps an answer for as long as it is believed. Says no if somebody learned
   * meanwhile that the token is not active: then it is not to be believed.
   */
  keep(token: string, answer: Answer): Promise<boolean>
  /** The issuer said that this token is not active: from now on nothing older is believed. */
  forget(token: string): Promise<void>
}

/** Milliseconds since the epoch until when an answer is believed: never past `exp`. */
export function believedUntil(
  { claims: { exp }, asked }: Answer,
  { believedForMs }: Extract<AcceptedIssuer, { form: 'opaque' }>,
): number {
  const believed = asked + believedForMs
  return typeof exp === 'number' ? Math.min(believed, exp * 1000) : believed
}

/** By what a token is remembered, so that no copy of it is. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64')
}

const CAPACITY = 10_000

/** Answers that this process remembers for itself. */
export class OwnAnswers implements KeptAnswers {
  readonly #accepted: Extract<AcceptedIssuer, { form: 'opaque' }>
  readonly #active: ActiveAnswers

  constructor(accepted: Extract<AcceptedIssuer, { form: 'opaque' }>, surroundings: Pick<Surroundings, 'now'>) {
    this.#accepted = accepted
    this.#active = new ActiveAnswers(CAPACITY, surroundings)
  }

  async find(token: string): Promise<Claims | undefined> {
    return this.#active.get(hashOf(token))
  }

  async keep(token: string, answer: Answer): Promise<boolean> {
    this.#active.set(hashOf(token), answer.claims, believedUntil(answer, this.#accepted))
    return true
  }

  async forget(token: string): Promise<void> {
    this.#active.delete(hashOf(token))
  }

  /** Forgets all of them. */
  clear(): void {
    this.#active.clear()
  }
}
