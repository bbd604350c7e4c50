import type { JSONRPCNotification, JSONRPCRequest } from '@modelcontextprotocol/server'
import { BATCHING_VERSION } from '../guard/check-batch.js'
import type { Understood } from '../guard/states.js'
import type { Catalogue } from '../mcp/catalogue.js'
import { isRecord } from '../mcp/is-record.js'
import { readMessage } from '../mcp/message.js'
import { VERSIONS } from '../mcp/versions.js'
import type { Identity } from '../token/identity.js'

/** A message that asks for something. */
export type AskingMessage = JSONRPCRequest | JSONRPCNotification

/** Where audit records say that a message came from. */
export const ADDRESS = 'stdio'

/** There is no header that a message without HTTP could have. */
const NO_HEADERS: Understood['raw'] = { headers: {}, rawHeaders: [] }

/** Reads what the messages of one connection ask for, and in which revision. */
export class MessageReader {
  readonly #catalogue: Catalogue
  readonly #identity: Identity | undefined
  /** Of the revisions before 2026-07-28, in which `initialize` says it for all messages that follow. */
  #negotiated: string = newestLegacy()

  constructor(catalogue: Catalogue, identity: Identity | undefined) {
    this.#catalogue = catalogue
    this.#identity = identity
  }

  /** Whether the client and this server agreed on the one revision that has batches. */
  get offersBatches(): boolean {
    return this.#negotiated === BATCHING_VERSION
  }

  read(message: AskingMessage): Understood {
    const meta = isRecord(message.params) ? message.params._meta : undefined
    const claim = isRecord(meta) ? meta['io.modelcontextprotocol/protocolVersion'] : undefined
    if (message.method === 'initialize' && claim === undefined) this.#negotiate(message.params?.protocolVersion)
    return {
      method: ADDRESS,
      raw: NO_HEADERS,
      address: ADDRESS,
      identity: this.#identity,
      quotas: [],
      body: message,
      era: claim === undefined ? 'legacy' : 'modern',
      // Here one server of the SDK answers everything.
      isRequest: false,
      isMalformed: false,
      protocolVersion: typeof claim === 'string' ? claim : this.#negotiated,
      messages: [readMessage(message, this.#catalogue)],
    }
  }

  /** MCP 2025-11-25, version negotiation: a version that is not known is answered with the newest that is. */
  #negotiate(requested: unknown): void {
    this.#negotiated = VERSIONS.find((version) => version === requested) ?? newestLegacy()
  }
}

function newestLegacy(): string {
  const [, newest = ''] = VERSIONS
  return newest
}
