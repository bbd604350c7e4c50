import type { Server, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server'
import type { Identity } from '../../token/identity.js'
import type { Change } from '../subscriptions/change-feed.js'
import { lasts } from '../subscriptions/lasts.js'
import { subjectOf } from '../subscriptions/open-streams.js'
import { tellChange, Watches } from '../subscriptions/watches.js'

/** What a session belongs to: no other user's token, and no other client's, reaches it. */
export function ownerOf(identity: Identity): string {
  return JSON.stringify([subjectOf(identity), identity.clientId])
}

/**
 * One session of a revision before 2026-07-28. It holds what the client said
 * about itself and what it subscribed to, and the streams on which it is asked
 * things. It gives no rights: each request brings its own token.
 */
export class Session {
  readonly owner: string
  readonly server: Server
  readonly transport: WebStandardStreamableHTTPServerTransport
  /** Milliseconds of the system's clock. */
  used: number = Date.now()
  readonly #caller: Pick<Identity, 'subject' | 'issuer'>
  /** What its client subscribed to. */
  readonly watches: Watches = new Watches()
  /** Until when the latest token that was brought is good: after that nobody is told anything. */
  #until: number

  constructor(identity: Identity, server: Server, transport: WebStandardStreamableHTTPServerTransport) {
    this.owner = ownerOf(identity)
    this.server = server
    this.transport = transport
    this.#caller = identity
    this.#until = Date.now() + lasts(identity)
  }

  /** A request with a good token came. */
  touch(identity: Identity): void {
    this.used = Date.now()
    this.#until = this.used + lasts(identity)
  }

  /** Tells the client of a change, if it may know of it. */
  async tell(change: Change): Promise<void> {
    if (Date.now() < this.#until) await tellChange(change, this.server, this.#caller, this.watches)
  }
}
