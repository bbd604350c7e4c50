import type { FastifyBaseLogger } from 'fastify'
import type { Changes } from '../../definition.js'
import { type ListOwner, listOwner } from './list-owner.js'

export type Change =
  | { readonly what: 'resource'; readonly uri: string }
  /** The list of one caller, or of everybody. */
  | ({ readonly what: 'resources' } & ListOwner)
  | { readonly what: 'tools' }
  | { readonly what: 'prompts' }

type Listener = (change: Change) => void

/** What the project says that changed, on its way to whoever subscribed to it. */
export class ChangeFeed {
  readonly #listeners: Set<Listener> = new Set()
  #onOwn: Listener = () => {}
  readonly #log: FastifyBaseLogger
  /** What handlers and services get. */
  readonly changes: Changes

  constructor(log: FastifyBaseLogger, { severalIssuers }: { readonly severalIssuers: boolean }) {
    this.#log = log
    this.changes = Object.freeze({
      resource: (uri: string) => this.#publish({ what: 'resource', uri: String(uri) }),
      resourceList: (whose?: unknown) => this.#publish({ what: 'resources', ...listOwner(whose, severalIssuers) }),
      toolList: () => this.#publish({ what: 'tools' }),
      promptList: () => this.#publish({ what: 'prompts' }),
    })
  }

  /** Returns how to stop listening. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Says who is told, besides the subscribers, of what is said in this process, and of nothing else. */
  onOwn(listener: Listener): void {
    this.#onOwn = listener
  }

  /** Tells the subscribers. */
  tell(change: Change): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(change)
      } catch (error) {
        this.#log.error({ err: error }, 'a subscriber could not be told of a change')
      }
    }
  }

  #publish(change: Change): void {
    this.tell(change)
    this.#onOwn(change)
  }
}
