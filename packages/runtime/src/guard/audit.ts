import type { FastifyBaseLogger } from 'fastify'
import type { Item } from '../mcp/catalogue.js'
import type { Message } from '../mcp/message.js'
import { VERSIONS } from '../mcp/versions.js'
import type { Identity } from '../token/identity.js'
import type { Hidden } from './hidden-items.js'
import type { Refusal } from './refusal.js'
import type { Decided } from './states.js'

/** What became of a message that the guard let through. */
export type Outcome =
  | 'answered'
  | 'invalid-input'
  | 'tool-error'
  | 'resource-error'
  | 'prompt-error'
  | 'failed'
  | 'not-authorized'
  | 'not-found'
  | 'unknown-tool'
  | 'unknown-resource'
  | 'unknown-prompt'
  | 'unknown-reference'
  | 'malformed'
  | 'abandoned'

/**
 * The record of one decision: who asked for what, what was needed, what was
 * held, and why it was refused. Never a token, an argument or a result.
 */
export function auditRefusal(log: FastifyBaseLogger, refusal: Refusal, identity: Identity | undefined): void {
  const { reason, ...rest } = refusal
  const details = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, short(value)]))
  const level = reason === 'issuer-unavailable' ? 'error' : 'info'
  log[level]({ audit: { decision: 'refused', reason, ...details, ...who(identity) } }, `refused: ${reason}`)
}

/** The records of a request that was let through, one for each of its messages. */
export class Audit {
  readonly #log: FastifyBaseLogger
  readonly #decided: Decided
  readonly #open: Set<Message>

  constructor(log: FastifyBaseLogger, decided: Decided) {
    this.#log = log
    this.#decided = decided
    this.#open = new Set(decided.messages)
  }

  /** Writes the record of a message that one of our handlers answered. */
  answered(method: string, item: Item | undefined, outcome: Outcome): void {
    const message = [...this.#open].find((open) => open.method === method && open.item === item)
    if (message) this.#write(message, outcome)
  }

  /** Writes what was not written yet, when the answer is complete. */
  finish(status: number): void {
    for (const message of this.#open) this.#write(message, outcomeOf(message, status))
  }

  /** The client is told of nothing; whoever reads the log is told all. */
  #writeHidden(method: string, { item, needed, missing }: Hidden): void {
    const audit = { decision: 'refused', reason: 'hidden', method, [item.kind]: item.name, needed, missing }
    this.#log.info({ audit: { ...audit, ...who(this.#decided.identity) } }, 'refused: hidden')
  }

  #write(message: Message, outcome: Outcome): void {
    this.#open.delete(message)
    const method = message.method ?? '(response)'
    const { item, hidden } = message
    if (hidden !== undefined) {
      this.#writeHidden(method, hidden)
      return
    }
    const { protocolVersion } = this.#decided
    const granted = item === undefined ? undefined : this.#decided.grants.of(item)
    this.#log.info(
      {
        audit: {
          decision: 'allowed',
          method,
          ...(item === undefined ? {} : { [item.kind]: item.name }),
          ...(granted === undefined ? {} : { needed: granted.needed }),
          outcome,
          protocolVersion: VERSIONS.includes(protocolVersion) ? protocolVersion : '(other)',
          ...who(this.#decided.identity),
        },
      },
      `${method}${item === undefined ? '' : ` ${item.name}`}: ${outcome}`,
    )
  }
}

/** What became of a message that came to no handler of ours. */
function outcomeOf({ method, item }: Message, status: number): Outcome {
  // The SDK's word for a client that went away before a handler ran.
  if (status === 499) return 'abandoned'
  if (status >= 400) return 'malformed'
  const unknown = method === undefined ? undefined : UNKNOWN[method]
  if (unknown === undefined) return 'answered'
  return item === undefined ? unknown : 'malformed'
}

/** What a message is about that is about nothing there is. */
const UNKNOWN: Readonly<Record<string, Outcome>> = {
  'tools/call': 'unknown-tool',
  'resources/read': 'unknown-resource',
  'prompts/get': 'unknown-prompt',
  'completion/complete': 'unknown-reference',
}

function who(identity: Identity | undefined): Record<string, unknown> {
  if (identity === undefined) return {}
  const { subject, clientId, issuer, granted } = identity
  return { subject, clientId, issuer, held: granted }
}

/** What a stranger sent is cut: a log is no place to store things. */
function short(value: unknown): unknown {
  return typeof value === 'string' ? value.slice(0, 200) : value
}
