import type { EventStore, JSONRPCMessage } from '@modelcontextprotocol/server'

/** What one session keeps for a client that comes back: events, and characters of all of them. */
const MOST_EVENTS = 256
const MOST_TEXT = 1024 * 1024

interface StoredEvent {
  readonly streamId: string
  readonly message: JSONRPCMessage
  readonly size: number
}

/**
 * The last events of one session (2025-11-25, resumability). It belongs to that
 * session, and so to its subject: nobody else's events can be asked for. What
 * is forgotten is not replayed, and the client learns that its event is unknown.
 */
export class RecentEvents implements EventStore {
  readonly #events: Map<string, StoredEvent> = new Map()
  #last = 0
  #size = 0

  async storeEvent(streamId: string, message: JSONRPCMessage): Promise<string> {
    this.#last += 1
    const id = `${this.#last}`
    const size = JSON.stringify(message).length
    this.#events.set(id, { streamId, message, size })
    this.#size += size
    this.#forget()
    return id
  }

  async getStreamIdForEventId(id: string): Promise<string | undefined> {
    return this.#events.get(id)?.streamId
  }

  async replayEventsAfter(
    id: string,
    { send }: { readonly send: (id: string, message: JSONRPCMessage) => Promise<void> },
  ): Promise<string> {
    const streamId = this.#events.get(id)?.streamId ?? ''
    for (const [other, event] of [...this.#events]) {
      const isLater = Number(other) > Number(id) && event.streamId === streamId
      // The first event of a stream is empty: there only to give the client an id.
      if (isLater && Object.keys(event.message).length > 0) await send(other, event.message)
    }
    return streamId
  }

  #forget(): void {
    for (const [id, { size }] of this.#events) {
      if (this.#events.size <= MOST_EVENTS && this.#size <= MOST_TEXT) return
      this.#events.delete(id)
      this.#size -= size
    }
  }
}
