import { randomUUID } from 'node:crypto'
import type { Readable, Writable } from 'node:stream'
import {
  isJSONRPCErrorResponse,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
  type JSONRPCMessage,
  type ServerContext,
  type Transport,
} from '@modelcontextprotocol/server'
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio'
import type { FastifyBaseLogger } from 'fastify'
import type { AuditTrail } from '../audit/audit-trail.js'
import { Audit, type AuditedRequest, auditRefusal } from '../guard/audit.js'
import { forMessage } from '../guard/pipeline.js'
import { type Refusal, Refused, refuse } from '../guard/refusal.js'
import type { Decided } from '../guard/states.js'
import { callerKey } from '../limits/limit-key.js'
import { Place } from '../limits/place.js'
import type { Exchange } from '../mcp/exchange.js'
import type { RequestId } from '../mcp/message.js'
import { namesOf, narrowed, watchedBy } from '../mcp/subscriptions/named-resources.js'
import type { Watches } from '../mcp/subscriptions/watches.js'
import type { Identity } from '../token/identity.js'
import { Batch } from './batch.js'
import { Lines } from './lines.js'
import { ADDRESS, type AskingMessage, MessageReader } from './message-reader.js'
import { type Arrived, type OpenRequest, openRequest, type RequestParts } from './open-request.js'
import { type RpcError, refusalToError } from './refusal-to-error.js'

/** What a connection works with, made once at boot. */
export interface ConnectionParts extends RequestParts {
  readonly input: Readable
  readonly output: Writable
  /** In whose name the client acts; nobody, if only what is public is served. */
  readonly identity: Identity | undefined
  readonly watches: Watches
  readonly trail: AuditTrail
  readonly log: FastifyBaseLogger
}

/** Milliseconds that requests may still take when the client has nothing more to say. */
const PATIENCE = 1_000
/** What the SDK says of a request that was malformed; over HTTP these come with a status of 400 or 404. */
const MALFORMED: ReadonlySet<number> = new Set([-32600, -32601, -32020, -32021, -32022])

/**
 * The SDK's transport for stdio with the guard in it: every message that asks for something is decided on before the
 * SDK gets it, one after the other, and whatever has no grant in its exchange is not used.
 */
export class GuardedTransport implements Transport {
  onclose?: () => void
  onerror?: (error: Error) => void
  onmessage?: (message: JSONRPCMessage) => void
  /** Resolves when the client is gone, or `close` was called. */
  readonly ended: Promise<void>
  readonly #parts: ConnectionParts
  readonly #wire: StdioServerTransport
  readonly #arrived: Arrived[] = []
  readonly #open: Map<RequestId, OpenRequest> = new Map()
  /** Messages are decided on in the order of their arrival: what is cancelled was asked for before. */
  #order: Promise<void> = Promise.resolve()
  readonly #reader: MessageReader
  #tellEnd = (): void => {}

  constructor(parts: ConnectionParts) {
    this.#parts = parts
    this.ended = new Promise((resolve) => {
      this.#tellEnd = resolve
    })
    const { input, output, inFlight } = parts
    this.#reader = new MessageReader(parts.deciding.catalogue, parts.identity)
    const lines = new Lines({
      accepted: (batchOf) => this.#accept(batchOf),
      refused: (refusal) => this.#refuseLine(refusal),
      // Whoever pipes in a few lines wants them answered; whoever goes away waits for nobody.
      ended: () => inFlight.drained(PATIENCE),
    })
    input.on('error', () => lines.end())
    this.#wire = new StdioServerTransport(input.pipe(lines), output)
  }

  async start(): Promise<void> {
    this.#wire.onmessage = (message) => {
      const arrived = this.#arrived.shift()
      if (arrived === undefined) return
      this.#order = this.#order.then(() => this.#receive(message, arrived))
    }
    this.#wire.onerror = (error) => this.onerror?.(error)
    this.#wire.onclose = () => this.#closed()
    await this.#wire.start()
  }

  async send(message: JSONRPCMessage): Promise<void> {
    const id = isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message) ? message.id : undefined
    const request = id === undefined ? undefined : this.#open.get(id)
    const isMalformed = isJSONRPCErrorResponse(message) && MALFORMED.has(message.error.code)
    try {
      await this.#put(message, request?.arrived.batch)
    } finally {
      request?.finish(isMalformed ? 400 : 200)
    }
  }

  /** Writes a message, or keeps it for those that go out with it. */
  #put(message: JSONRPCMessage, batch: Batch | undefined): Promise<void> {
    if (batch === undefined) return this.#wire.send(message)
    batch.add(message)
    return Promise.resolve()
  }

  async close(): Promise<void> {
    await this.#wire.close()
  }

  /** The exchange of a request that the SDK hands to a handler. */
  exchangeOf({ mcpReq }: ServerContext): Exchange {
    const exchange = this.#open.get(mcpReq.id)?.exchange
    if (exchange === undefined) throw new Error('Internal error')
    return exchange
  }

  #closed(): void {
    for (const { arrived, finish } of [...this.#open.values()]) {
      arrived.controller.abort(new Error('The client is gone.'))
      finish(499, 'abandoned')
    }
    this.onclose?.()
    this.#tellEnd()
  }

  /** A line that is a message, or several. */
  #accept(batchOf: number | undefined): void {
    const { inFlight, output } = this.#parts
    const at = performance.now()
    const send = (answers: readonly JSONRPCMessage[]): void => {
      // A client that is gone does not read it.
      if (output.writable) output.write(`${JSON.stringify(answers)}\n`)
    }
    const batch = batchOf === undefined ? undefined : new Batch(batchOf, send)
    for (let count = 0; count < (batchOf ?? 1); count += 1) {
      const controller = new AbortController()
      this.#arrived.push({ at, controller, end: once(() => batch?.over(), inFlight.begin(controller)), batch })
    }
  }

  async #receive(message: JSONRPCMessage, arrived: Arrived): Promise<void> {
    if (arrived.batch !== undefined && !this.#offers(arrived.batch)) return arrived.end()
    try {
      // An answer asks for nothing, and means something only to whoever waits for it.
      if (!('method' in message)) this.onmessage?.(message)
      else await this.#decide(message, arrived)
    } catch (error) {
      this.#parts.log.error({ err: error }, 'the message failed')
      if (isJSONRPCRequest(message)) {
        await this.#reply(message.id, { code: -32603, message: 'Internal error' }, arrived.batch)
        this.#open.get(message.id)?.finish(500)
      }
    }
    // What is open ends when it is answered.
    if (!isJSONRPCRequest(message) || this.#open.get(message.id)?.arrived !== arrived) arrived.end()
  }

  /** Says once of a batch, and of all that is in it, that the revision has none. */
  #offers(batch: Batch): boolean {
    if (batch.isOffered === undefined) {
      batch.isOffered = this.#reader.offersBatches
      if (!batch.isOffered) this.#refuseLine({ reason: 'batch-not-offered' })
    }
    return batch.isOffered
  }

  async #decide(message: AskingMessage, arrived: Arrived): Promise<void> {
    const { deciding, identity } = this.#parts
    const audited = this.#audited(arrived.at)
    const id = isJSONRPCRequest(message) ? message.id : undefined
    const { batch } = arrived
    const place = batch === undefined ? this.#placeFor(id !== undefined) : batch.placeFrom(() => this.#placeFor(true))
    const out = place?.take()
    try {
      const decided = await this.#judge(message, id, place)
      if (decided instanceof Refused) {
        auditRefusal(audited, decided.refusal, identity)
        if (id !== undefined) await this.#reply(id, refusalToError(decided.refusal), batch)
        return
      }
      const audit = new Audit(audited, decided, deciding.configuration)
      if (id === undefined || place === undefined) return this.#notify(message, audit)
      const request = openRequest(this.#parts, decided, { arrived, audit, audited, place })
      this.#open.set(id, request)
      request.ended.then(() => this.#open.delete(id))
      this.onmessage?.(isStreamOfChanges(message, decided) ? await this.#listening(message, id, request) : message)
    } finally {
      out?.()
    }
  }

  /** Among those that are answered at the same time; nothing, if there are as many as may be. */
  #placeFor(isRequest: boolean): Place | undefined {
    const { deciding, identity } = this.#parts
    const key = isRequest ? callerKey(identity, ADDRESS) : undefined
    const leave = key === undefined ? () => {} : deciding.limits.concurrency.enter(key)
    return leave === undefined ? undefined : new Place(leave)
  }

  async #judge(
    message: AskingMessage,
    id: RequestId | undefined,
    place: Place | undefined,
  ): Promise<Decided | Refused> {
    const { deciding } = this.#parts
    const limit = deciding.configuration.limits.concurrentPerSubject
    if (place === undefined) return refuse({ reason: 'too-many-at-once', limit })
    if (id !== undefined && this.#open.has(id)) return refuse({ reason: 'message-malformed', id })
    return forMessage.run(this.#reader.read(message), deciding)
  }

  /** Hands on what is not answered. */
  #notify(message: AskingMessage, audit: Audit): void {
    this.onmessage?.(message)
    if (message.method === 'notifications/cancelled') this.#cancel(message.params?.requestId)
    audit.finish(202)
  }

  /** A subscription as the SDK gets it: it names only what its client may know of. */
  async #listening(message: AskingMessage, id: RequestId, { exchange, release }: OpenRequest): Promise<JSONRPCMessage> {
    const watched = await watchedBy(message, exchange)
    for (const [uri, read] of watched) this.#parts.watches.add(uri, read, exchange)
    exchange.audit.answered(id, 'answered', namesOf(watched))
    release()
    return narrowed(message, [...watched.keys()]) as JSONRPCMessage
  }

  /** The SDK answers a request no more that its client took back. */
  #cancel(id: unknown): void {
    const request = typeof id === 'string' || typeof id === 'number' ? this.#open.get(id) : undefined
    if (request === undefined) return
    request.arrived.controller.abort(new Error('The client took the request back.'))
    // Not before the SDK, which heard of it just now, has looked the exchange up for the last time.
    setImmediate(() => request.finish(499, 'abandoned'))
  }

  #refuseLine(refusal: Refusal): void {
    auditRefusal(this.#audited(performance.now()), refusal, this.#parts.identity)
    const id = refusal.reason === 'message-malformed' ? refusal.id : null
    void this.#reply(id ?? undefined, refusalToError(refusal), undefined)
  }

  async #reply(id: RequestId | undefined, error: RpcError, batch: Batch | undefined): Promise<void> {
    const told = { jsonrpc: '2.0', error, ...(id === undefined ? {} : { id }) } as const
    // A client that is gone does not read it.
    await this.#put(told, batch).catch(() => {})
  }

  #audited(at: number): AuditedRequest {
    const { log, trail } = this.#parts
    const id = randomUUID()
    const elapsed = (): number => performance.now() - at
    return { id, log: log.child({ reqId: id }), trail, address: ADDRESS, elapsed, trace: undefined }
  }
}

function isStreamOfChanges({ method }: AskingMessage, { era }: Decided): boolean {
  return method === 'subscriptions/listen' && era === 'modern'
}

/** Both at the end of a message, whoever says first that it came to it. */
function once(...ends: readonly (() => void)[]): () => void {
  let isOver = false
  return () => {
    if (isOver) return
    isOver = true
    for (const end of ends) end()
  }
}
