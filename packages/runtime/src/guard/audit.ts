import type { FastifyBaseLogger } from 'fastify'
import type { AuditEvent } from '../audit/audit-event.js'
import type { AuditTrail } from '../audit/audit-trail.js'
import { maskArguments } from '../audit/mask-arguments.js'
import type { Rules } from '../configuration/configuration.js'
import type { Item } from '../mcp/catalogue.js'
import { isRecord } from '../mcp/is-record.js'
import type { Message, RequestId } from '../mcp/message.js'
import { VERSIONS } from '../mcp/versions.js'
import { activeTraceId, inSpan } from '../telemetry/in-span.js'
import { type TraceContext, traceIdOf, traceOfMessage } from '../telemetry/trace-context.js'
import type { Identity } from '../token/identity.js'
import type { DenialShape } from './denial-shape.js'
import type { Hidden } from './hidden-items.js'
import type { Refusal } from './refusal.js'
import type { Decided } from './states.js'

/** What became of a message that the guard let through. */
export type Outcome =
  | 'answered'
  | 'asked'
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
  | 'token-expired'
  | 'timed-out'

/** What the records of one request have in common. */
export interface AuditedRequest {
  readonly id: string
  readonly log: FastifyBaseLogger
  readonly trail: AuditTrail
  readonly address: string
  /** Milliseconds since it arrived. */
  elapsed(): number
  /** That of its headers. */
  readonly trace: TraceContext | undefined
}

/**
 * The record of one decision: who asked for what, what was needed, what was
 * held, and why it was refused. Never a token, an argument or a result.
 */
export function auditRefusal(request: AuditedRequest, refusal: Refusal, identity: Identity | undefined): void {
  const { reason, ...rest } = refusal
  // In which form it was sent is no part of the decision, and holds what the client calls its request.
  const details = Object.entries(rest).filter(([name]) => name !== ('resultOf' satisfies keyof DenialShape))
  const level = reason === 'issuer-unavailable' ? 'error' : 'info'
  const told = Object.fromEntries(details.map(([name, value]) => [name, short(value)]))
  const decision = { decision: 'refused', reason, ...told, ...who(identity) } as const
  write(request, request.trace, decision, { level, message: `refused: ${reason}` })
}

/** The record of a request about a session: the stream of it was opened, or it was ended. */
export function auditStream(request: AuditedRequest, method: string, identity: Identity): void {
  const decision = { decision: 'allowed', method: `(${method} session)`, ...who(identity) } as const
  write(request, request.trace, decision, { level: 'info', message: `${method} of a session` })
}

/** A message whose handler runs. */
export interface Running {
  /** No two messages of a request have the same. */
  readonly id: RequestId
  readonly method: string
  /** Nothing for a list. */
  readonly item: Item | undefined
}

/** The records of a request that was let through, one for each of its messages. */
export class Audit {
  readonly #request: AuditedRequest
  readonly #decided: Decided
  readonly #tools: Rules['tools']
  /** With what was sent. */
  readonly #open: Map<Message, unknown>
  /** Those whose handler waits for its client on the stream of this very request, and runs again. */
  readonly #asked: Set<Message> = new Set()

  constructor(request: AuditedRequest, decided: Decided, { tools }: Pick<Rules, 'tools'>) {
    this.#request = request
    this.#decided = decided
    this.#tools = tools
    const sent: readonly unknown[] = Array.isArray(decided.body) ? decided.body : [decided.body]
    this.#open = new Map(decided.messages.map((message, index) => [message, sent[index]]))
  }

  /** Runs the handler of a message in the trace that its client says it belongs to. */
  traced<Ended extends { readonly outcome: Outcome }>(
    { id, method, item }: Running,
    run: () => Promise<Ended>,
  ): Promise<Ended> {
    const message = this.#openMessage(id)
    return inSpan(
      {
        method,
        kind: item?.kind,
        name: item?.name,
        protocolVersion: this.#protocolVersion(),
        message: message === undefined ? undefined : traceOfMessage(this.#open.get(message)),
        request: this.#request.trace,
      },
      run,
    )
  }

  /**
   * Writes the record of a message that one of our handlers answered. A stream of changes is about several
   * resources: those that its client hears of.
   */
  answered(id: RequestId, outcome: Outcome, resources?: readonly string[]): void {
    const message = this.#openMessage(id)
    if (message === undefined) return
    // A client of 2026-07-28 comes back with another request; for an older one that question is not the end of it.
    if (outcome === 'asked' && this.#decided.era === 'legacy') this.#asked.add(message)
    else this.#write(message, outcome, resources)
  }

  /** Writes what was not written yet, when the answer is complete, or was ended as `ended` says. */
  finish(status: number, ended?: Outcome): void {
    for (const message of this.#open.keys()) {
      this.#write(message, ended ?? (this.#asked.has(message) ? 'asked' : outcomeOf(message, status)))
    }
  }

  #openMessage(id: RequestId): Message | undefined {
    return [...this.#open.keys()].find((open) => open.id === id)
  }

  /** The client is told of nothing; whoever reads the log is told all. */
  #writeHidden(method: string, trace: TraceContext | undefined, { item, reason, needed, missing }: Hidden): void {
    const refused = { decision: 'refused', reason, method, [item.kind]: item.name, needed, missing } as const
    const told = { level: 'info', message: `refused: ${reason}` } as const
    write(this.#request, trace, { ...refused, ...who(this.#decided.identity) }, told)
  }

  #write(message: Message, outcome: Outcome, resources?: readonly string[]): void {
    const trace = this.#traceOf(message)
    const args = this.#argumentsOf(message)
    this.#open.delete(message)
    const method = message.method ?? '(response)'
    const { item, hidden } = message
    if (hidden !== undefined) {
      this.#writeHidden(method, trace, hidden)
      return
    }
    const granted = item === undefined ? undefined : this.#decided.grants.of(item)
    write(
      this.#request,
      trace,
      {
        decision: 'allowed',
        method,
        ...(item === undefined ? {} : { [item.kind]: item.name }),
        ...(resources === undefined ? {} : { resources }),
        ...(granted === undefined ? {} : { needed: granted.needed }),
        ...(args === undefined ? {} : { arguments: args }),
        outcome,
        protocolVersion: this.#protocolVersion(),
        ...who(this.#decided.identity),
      },
      { level: 'info', message: `${method}${item === undefined ? '' : ` ${item.name}`}: ${outcome}` },
    )
  }

  /** Only of a tool whose spec asks for it, without what its schema marks as sensitive. */
  #argumentsOf(message: Message): unknown {
    const { item, method } = message
    if (method !== 'tools/call' || item?.kind !== 'tool') return undefined
    if (this.#tools.get(item.name)?.audit?.arguments !== true) return undefined
    const sent = this.#open.get(message)
    const params = isRecord(sent) && isRecord(sent.params) ? sent.params : {}
    return maskArguments(params.arguments ?? {}, item.input.schema)
  }

  #traceOf(message: Message): TraceContext | undefined {
    return traceOfMessage(this.#open.get(message)) ?? this.#request.trace
  }

  #protocolVersion(): string {
    const { protocolVersion } = this.#decided
    return VERSIONS.includes(protocolVersion) ? protocolVersion : '(other)'
  }
}

function write(
  { id, log, trail, address, elapsed }: AuditedRequest,
  trace: TraceContext | undefined,
  decision: Readonly<Record<string, unknown>> & Pick<AuditEvent, 'decision'>,
  { level, message }: { readonly level: 'info' | 'error'; readonly message: string },
): void {
  const took = Math.round(elapsed())
  const at = new Date(Date.now() - took).toISOString()
  const traceId = (trace === undefined ? undefined : traceIdOf(trace)) ?? activeTraceId()
  const traced = traceId === undefined ? {} : { traceId }
  // A proxy may hand on what a client wrote into its header.
  const from = short(address)
  trail.write(log, { at, request: id, address: from, ...traced, took, ...decision }, level, message)
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
  'resources/subscribe': 'unknown-resource',
  'prompts/get': 'unknown-prompt',
  'completion/complete': 'unknown-reference',
}

function who(identity: Identity | undefined): Record<string, unknown> {
  if (identity === undefined) return {}
  const { subject, clientId, issuer, granted } = identity
  return { subject, clientId, issuer, held: granted }
}

/**
 * What a stranger sent is cut: a log is no place to store things. Nothing of it acts on the terminal that shows it
 * either: JSON writes control characters above ASCII, and marks that turn text around, as they are.
 */
function short<Value>(value: Value): Value | string {
  return typeof value === 'string' ? value.slice(0, 200).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd') : value
}
