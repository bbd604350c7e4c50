import type { Server } from '@modelcontextprotocol/server'
import type { ReadGrant } from '../../guard/grants.js'
import type { Identity } from '../../token/identity.js'
import type { Exchange } from '../exchange.js'
import type { Change } from './change-feed.js'
import { isListOf } from './list-owner.js'
import { MOST_WATCHED } from './most-watched.js'
import { mayWatch } from './watch.js'

interface Watch {
  readonly read: ReadGrant
  readonly exchange: Exchange
}

/** The resources that a client subscribed to, with the right to read each. */
export class Watches {
  readonly #watches: Map<string, Watch> = new Map()

  /** Whether this one may be watched, too: as often as its client likes, if it is watched already. */
  hasRoomFor(uri: string): boolean {
    return this.#watches.has(uri) || this.#watches.size < MOST_WATCHED
  }

  add(uri: string, read: ReadGrant, exchange: Exchange): void {
    this.#watches.set(uri, { read, exchange })
  }

  remove(uri: string): void {
    this.#watches.delete(uri)
  }

  /** Judges again what is watched, by the rights of a newer token; what it may not read is forgotten. */
  judge(readOf: (uri: string) => ReadGrant | undefined): void {
    for (const [uri, { exchange }] of [...this.#watches]) {
      const read = readOf(uri)
      if (read === undefined) this.#watches.delete(uri)
      else this.#watches.set(uri, { read, exchange })
    }
  }

  /** Whether the client may be told that this resource changed: it asked to be, and may know of it now. */
  async mayTell(uri: string): Promise<boolean> {
    const watch = this.#watches.get(uri)
    return watch !== undefined && mayWatch(watch.read, watch.exchange)
  }
}

/** Tells one caller's client of a change, if it may know of it. */
export async function tellChange(
  change: Change,
  server: Server,
  caller: Pick<Identity, 'subject' | 'issuer'> | undefined,
  watches: Watches,
): Promise<void> {
  switch (change.what) {
    case 'tools':
      return server.sendToolListChanged()
    case 'prompts':
      return server.sendPromptListChanged()
    case 'resources':
      if (isListOf(change, caller)) await server.sendResourceListChanged()
      return
    case 'resource':
      if (await watches.mayTell(change.uri)) return server.sendResourceUpdated({ uri: change.uri })
  }
}
