import type { ConsoleState, Decision, ToConsole } from './definition.js'

/** How many decisions a page that comes late gets to see. */
const KEPT = 200

/** A decision with its place in the order of decisions. */
export interface NumberedDecision {
  readonly number: number
  readonly decision: Decision
}

/** What a page that listens is told. */
export type FeedEvent =
  | { readonly type: 'state'; readonly state: ConsoleState }
  | ({ readonly type: 'decision' } & NumberedDecision)

/** What the supervisor said so far, and who wants to hear more. */
export class Feed {
  #state: ConsoleState | undefined
  #decisions: NumberedDecision[] = []
  #number = 0
  readonly #listeners = new Set<(event: FeedEvent) => void>()

  /** The last state, or nothing before the first one. */
  get state(): ConsoleState | undefined {
    return this.#state
  }

  /** The last decisions that came after `number`, the oldest first. */
  decisionsAfter(number: number): readonly NumberedDecision[] {
    return this.#decisions.filter((entry) => entry.number > number)
  }

  /** Takes a message of the supervisor; what is no such message is left alone. */
  receive(message: unknown): void {
    if (!isMessage(message)) return
    if (message.type === 'state') this.#state = message.state
    this.#tell(message.type === 'state' ? message : { type: 'decision', ...this.#keep(message.decision) })
  }

  /** Calls `listener` for everything from now on, until the returned function is called. */
  listen(listener: (event: FeedEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #keep(decision: Decision): NumberedDecision {
    this.#number += 1
    const entry = { number: this.#number, decision }
    this.#decisions = [...this.#decisions, entry].slice(-KEPT)
    return entry
  }

  #tell(event: FeedEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}

function isMessage(message: unknown): message is ToConsole {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false
  if (message.type === 'state') return 'state' in message && typeof message.state === 'object' && message.state !== null
  if (message.type !== 'decision' || !('decision' in message)) return false
  return typeof message.decision === 'object' && message.decision !== null
}
