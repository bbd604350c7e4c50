import type { FastifyBaseLogger } from 'fastify'
import type { Identity } from '../../token/identity.js'
import type { ChangeFeed } from '../subscriptions/change-feed.js'
import { ownerOf, type Session } from './session.js'

/** Sessions that one owner may have at once, and all together: beyond, the one longest unused makes room. */
const MOST_OF_ONE = 32
const MOST = 10_000
/** Milliseconds after which a session that nobody used ends. */
const IDLE = 30 * 60_000
const SWEEP = 60_000

/** The sessions that are open. They live in this process: whatever stands in front has to send a session back here. */
export class Sessions {
  readonly #open: Map<string, Session> = new Map()
  readonly #stop: () => void

  constructor(feed: ChangeFeed, log: FastifyBaseLogger) {
    const unsubscribe = feed.subscribe((change) => {
      for (const session of [...this.#open.values()]) {
        session.tell(change).catch(() => log.debug('a session could not be told of a change'))
      }
    })
    const sweeping = setInterval(() => this.#sweep(), SWEEP)
    sweeping.unref()
    this.#stop = () => {
      unsubscribe()
      clearInterval(sweeping)
    }
  }

  /** The session of that id, for its owner: for everybody else there is none. */
  find(id: string, identity: Identity): Session | undefined {
    const session = this.#open.get(id)
    return session?.owner === ownerOf(identity) ? session : undefined
  }

  add(id: string, session: Session): void {
    const own = [...this.#open].filter(([, { owner }]) => owner === session.owner)
    if (own.length >= MOST_OF_ONE) this.#endOldest(own)
    else if (this.#open.size >= MOST) this.#endOldest([...this.#open])
    this.#open.set(id, session)
  }

  /** Forgets a session that ended. */
  remove(id: string): void {
    this.#open.delete(id)
  }

  /** Ends every session. */
  async close(): Promise<void> {
    this.#stop()
    const sessions = [...this.#open.values()]
    this.#open.clear()
    await Promise.all(sessions.map(({ server }) => server.close()))
  }

  #sweep(): void {
    for (const [id, { used }] of [...this.#open]) if (Date.now() - used > IDLE) this.#end(id)
  }

  #endOldest(among: readonly (readonly [string, Session])[]): void {
    const [oldest] = [...among].sort(([, a], [, b]) => a.used - b.used)
    if (oldest !== undefined) this.#end(oldest[0])
  }

  #end(id: string): void {
    const session = this.#open.get(id)
    this.#open.delete(id)
    void session?.server.close()
  }
}
