import type { FastifyBaseLogger } from 'fastify'
import { type Clock, systemClock } from '../server/clock.js'
import type { AuditEvent, AuditSink } from './audit-event.js'

/** Records that may wait for a sink that is slower than the requests. */
const LONGEST_QUEUE = 10_000
/** Milliseconds that a sink may take for one record before it counts as lost and the next one is tried. */
const LONGEST_WAIT = 10_000
/** Milliseconds between two lines of the log about lost records. */
const QUIET = 60_000

/**
 * Hands records to a sink, one after the other, in the order of the decisions.
 * What cannot be kept is counted and reported: a record may be lost, but never unnoticed.
 */
export class AuditQueue {
  readonly #sink: AuditSink
  readonly #log: FastifyBaseLogger
  readonly #clock: Clock
  readonly #lostOne: () => void
  #waiting: AuditEvent[] = []
  #draining: Promise<void> | undefined
  #lost = 0
  #unreported = 0
  #reported = Number.NEGATIVE_INFINITY

  /** `lostOne` is called for every record that the sink did not get, or did not take. */
  constructor(sink: AuditSink, log: FastifyBaseLogger, lostOne: () => void, clock: Clock = systemClock) {
    this.#sink = sink
    this.#log = log
    this.#lostOne = lostOne
    this.#clock = clock
  }

  /** Records that were lost since the start. */
  get lost(): number {
    return this.#lost
  }

  add(event: AuditEvent): void {
    if (this.#waiting.length >= LONGEST_QUEUE) {
      this.#lose('the queue is full: the sink is too slow')
      return
    }
    this.#waiting.push(event)
    this.#draining ??= this.#drain()
  }

  /** Resolves when the sink has got what waits, or after `patience` milliseconds; what then still waits is lost. */
  async close(patience: number): Promise<void> {
    const draining = this.#draining
    if (draining !== undefined) await this.#within(patience, draining)
    for (const _ of this.#waiting.splice(0)) this.#lose('the server ended before the sink took it')
    this.#report('the server ended')
  }

  async #drain(): Promise<void> {
    // Not in the stack of the request: a sink that computes for long does so when the answer is on its way.
    await new Promise((resolve) => setImmediate(resolve))
    for (let event = this.#waiting.shift(); event !== undefined; event = this.#waiting.shift()) await this.#hand(event)
    this.#draining = undefined
  }

  async #hand(event: AuditEvent): Promise<void> {
    try {
      const taken = await this.#within(LONGEST_WAIT, Promise.resolve(this.#sink(event)))
      if (!taken) this.#lose(`the sink took longer than ${LONGEST_WAIT} ms`)
    } catch (error) {
      this.#lose(messageOf(error))
    }
  }

  /** Whether it was done in that time. */
  async #within(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
    let cancel = (): void => {}
    const late = new Promise<false>((resolve) => {
      cancel = this.#clock.after(milliseconds, () => resolve(false))
    })
    try {
      return await Promise.race([work.then(() => true), late])
    } finally {
      cancel()
    }
  }

  #lose(why: string): void {
    this.#lost += 1
    this.#unreported += 1
    this.#lostOne()
    if (this.#clock.now() - this.#reported >= QUIET) this.#report(why)
  }

  #report(why: string): void {
    if (this.#unreported === 0) return
    this.#log.error({ auditLost: this.#unreported, auditLostInAll: this.#lost, why }, 'audit records were lost')
    this.#reported = this.#clock.now()
    this.#unreported = 0
  }
}

/** Anything can be thrown, also what throws when it is looked at. */
function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? String(error.message).slice(0, 200) : 'the sink threw'
  } catch {
    return 'the sink threw'
  }
}
