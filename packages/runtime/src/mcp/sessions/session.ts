import type { Server, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server'
import type { ReadGrant } from '../../guard/grants.js'
import type { Identity } from '../../token/identity.js'
import type { Exchange } from '../exchange.js'
import type { Change } from '../subscriptions/change-feed.js'
import { lasts } from '../subscriptions/lasts.js'
import { subjectOf } from '../subscriptions/open-streams.js'
import { mayWatch } from '../subscriptions/watch.js'

interface Watch {
  readonly read: ReadGrant
  readonly exchange: Exchange
}

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
  readonly #subject: string
  readonly #watches: Map<string, Watch> = new Map()
  /** Until when the latest token that was brought is good: after that nobody is told anything. */
  #until: number

  constructor(identity: Identity, server: Server, transport: WebStandardStreamableHTTPServerTransport) {
    this.owner = ownerOf(identity)
    this.server = server
    this.transport = transport
    this.#subject = identity.subject
    this.#until = Date.now() + lasts(identity)
  }

  /** A request with a good token came. */
  touch(identity: Identity): void {
    this.used = Date.now()
    this.#until = this.used + lasts(identity)
  }

  watch(uri: string, read: ReadGrant, exchange: Exchange): void {
    this.#watches.set(uri, { read, exchange })
  }

  unwatch(uri: string): void {
    this.#watches.delete(uri)
  }

  get watched(): readonly string[] {
    return [...this.#watches.keys()]
  }

  /** Judges again what is watched, by the rights of a newer token; what it may not read is forgotten. */
  judge(readOf: (uri: string) => ReadGrant | undefined): void {
    for (const [uri, { exchange }] of [...this.#watches]) {
      const read = readOf(uri)
      if (read === undefined) this.#watches.delete(uri)
      else this.#watches.set(uri, { read, exchange })
    }
  }

  /** Tells the client of a change, if it may know of it. */
  async tell(change: Change): Promise<void> {
    if (Date.now() >= this.#until) return
    switch (change.what) {
      case 'tools':
        return this.server.sendToolListChanged()
      case 'prompts':
        return this.server.sendPromptListChanged()
      case 'resources':
        if (change.subject !== undefined && change.subject !== this.#subject) return
        return this.server.sendResourceListChanged()
      case 'resource': {
        const watch = this.#watches.get(change.uri)
        if (watch === undefined || !(await mayWatch(watch.read, watch.exchange))) return
        return this.server.sendResourceUpdated({ uri: change.uri })
      }
    }
  }
}
