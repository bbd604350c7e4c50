import { type JSONRPCMessage, parseJSONRPCMessage } from '@modelcontextprotocol/server'
import { checkBatch } from '../guard/check-batch.js'
import type { Refusal } from '../guard/refusal.js'
import type { Place } from '../limits/place.js'
import { isRecord } from '../mcp/is-record.js'

/**
 * One batch (MCP 2025-03-26, stdio; JSON-RPC 2.0 section 6): its messages are decided on one by one, and their answers
 * go out in one line when the last of them is over.
 */
export class Batch {
  /** Whether the revision that was agreed on has batches; asked with the first message, once. */
  isOffered: boolean | undefined
  readonly #send: (answers: readonly JSONRPCMessage[]) => void
  readonly #answers: JSONRPCMessage[] = []
  #left: number
  #place: { readonly place: Place | undefined; readonly out: () => void } | undefined

  constructor(size: number, send: (answers: readonly JSONRPCMessage[]) => void) {
    this.#left = size
    this.#send = send
  }

  /** Keeps an answer until all are there. */
  add(answer: JSONRPCMessage): void {
    this.#answers.push(answer)
  }

  /** The place among those that are answered at the same time: as over HTTP, a batch has one. */
  placeFrom(find: () => Place | undefined): Place | undefined {
    if (this.#place === undefined) {
      const place = find()
      this.#place = { place, out: place?.take() ?? (() => {}) }
    }
    return this.#place.place
  }

  /** One of its messages is answered, or nothing that is answered, or was taken back. */
  over(): void {
    this.#left -= 1
    if (this.#left > 0) return
    this.#place?.out()
    // Of notifications alone there is nothing to say, not even an empty list.
    if (this.#answers.length > 0) this.#send(this.#answers)
  }
}

/** Why a batch is not looked at, message by message; nothing, if it is. */
export function whyNoBatch(values: readonly unknown[]): Refusal | undefined {
  const fault = checkBatch(values, undefined)
  if (fault !== undefined) return fault.refusal
  if (!values.every(isMessage)) return { reason: 'message-malformed', id: null }
  // `initialize` stands alone (MCP 2025-03-26, lifecycle), and what says its revision itself is of one without batches.
  return values.some(isOfNoBatch) ? { reason: 'batch-not-offered' } : undefined
}

function isMessage(value: unknown): boolean {
  try {
    parseJSONRPCMessage(value)
    return true
  } catch {
    return false
  }
}

function isOfNoBatch(value: unknown): boolean {
  if (!isRecord(value)) return true
  const meta = isRecord(value.params) ? value.params._meta : undefined
  return value.method === 'initialize' || (isRecord(meta) && 'io.modelcontextprotocol/protocolVersion' in meta)
}
