import { randomUUID } from 'node:crypto'
import type { Readable, Writable } from 'node:stream'
import {
  isJSONRPCErrorResponse,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
  type JSONRPCMessage,
  type JSONRPCNotification,
  type JSONRPCRequest,
  type ServerContext,
  type Transport,
} from '@modelcontextprotocol/server'
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio'
import type { FastifyBaseLogger } from 'fastify'
import type { AuditTrail } from '../audit/audit-trail.js'
import type { Changes } from '../definition.js'
import { TokenExchange } from '../exchange/token-exchange.js'
import { Audit, type AuditedRequest, auditRefusal, type Outcome } from '../guard/audit.js'
import type { Deciding } from '../guard/guard.js'
import { forMessage } from '../guard/pipeline.js'
import { type Refusal, Refused } from '../guard/refusal.js'
import type { Decided, Understood } from '../guard/states.js'
import { callerKey } from '../limits/limit-key.js'
import { secondsFor } from '../limits/limit-numbers.js'
import { Place } from '../limits/place.js'
import type { StateSeal } from '../mcp/ask/state-seal.js'
import type { Exchange } from '../mcp/exchange.js'
import type { InFlight } from '../mcp/in-flight.js'
import { isRecord } from '../mcp/is-record.js'
import { type RequestId, readMessage } from '../mcp/message.js'
import { narrowed, watchedBy } from '../mcp/subscriptions/named-resources.js'
import type { Watches } from '../mcp/subscriptions/watches.js'
import { VERSIONS } from '../mcp/versions.js'
import type { Identity } from '../token/identity.js'
import { Lines } from './lines.js'
import { refusalToError } from './refusal-to-error.js'

/** What a connection works with, made once at boot. */
export interface ConnectionParts {
  readonly input: Readable
  readonly output: Writable
  readonly deciding: Deciding
  /** In whose name the client acts; nobody, if only what is public is served. */
  readonly identity: Identity | undefined
  readonly inFlight: InFlight
  readonly services: unknown
  readonly changes: Changes
  readonly seal: StateSeal
  readonly watches: Watches
  readonly trail: AuditTrail
  readonly log: FastifyBaseLogger
}

/** A message that asks for something. */
type Asking = JSONRPCRequest | JSONRPCNotification

/** A message that was read and is not done with. */
interface Arrived {
  readonly at: number
  readonly controller: AbortController
  readonly end: () => void
}

/** A request that the guard let through and that is not answered yet. */
interface OpenRequest {
  readonly exchange: Exchange
  readonly controller: AbortController
  /** Counts it out: it is no work in hand. */
  release(): void
  finish(status: number, ended?: Outcome): void
}

/** Where audit records say that a message came from. */
const ADDRESS = 'stdio'
/** There is no header that a message without HTTP could have. */
const NO_HEADERS: Understood['raw'] = { headers: {}, rawHeaders: [] }
/** Nobody gave a token that could be exchanged for another. */
const NO_EXCHANGE = TokenExchange.none()
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
  #legacyVersion = VERSIONS[1] ?? ''
  #tellEnd = (): void => {}

  constructor(parts: ConnectionParts) {
    this.#parts = parts
    this.ended = new Promise((resolve) => {
      this.#tellEnd = resolve
    })
    const { input, output, inFlight } = parts
    const lines = new Lines({
      accepted: () => {
        const controller = new AbortController()
        this.#arrived.push({ at: performance.now(), controller, end: inFlight.begin(controller) })
      },
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
    try {
      await this.#wire.send(message)
    } finally {
      if (isJSONRPCResultResponse(message)) this.#open.get(message.id)?.finish(200)
      else if (isJSONRPCErrorResponse(message) && message.id !== undefined) {
        this.#open.get(message.id)?.finish(MALFORMED.has(message.error.code) ? 400 : 200)
      }
    }
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
    for (const { controller, finish } of [...this.#open.values()]) {
      controller.abort(new Error('The client is gone.'))
      finish(499, 'abandoned')
    }
    this.onclose?.()
    this.#tellEnd()
  }

  async #receive(message: JSONRPCMessage, arrived: Arrived): Promise<void> {
    try {
      // An answer asks for nothing, and means something only to whoever waits for it.
      if (!('method' in message)) this.onmessage?.(message)
      else if (!(await this.#decide(message, arrived))) arrived.end()
    } catch (error) {
      arrived.end()
      this.#parts.log.error({ err: error }, 'the message failed')
      if (isJSONRPCRequest(message)) await this.#reply(message.id, { code: -32603, message: 'Internal error' })
    }
    if (!isJSONRPCRequest(message)) arrived.end()
  }

  /** Whether it was a request, and was let through. */
  async #decide(message: Asking, arrived: Arrived): Promise<boolean> {
    const { deciding, identity } = this.#parts
    const audited = this.#audited(arrived.at)
    const id = isJSONRPCRequest(message) ? message.id : undefined
    const key = callerKey(identity, ADDRESS)
    const leave = key === undefined || id === undefined ? () => {} : deciding.limits.concurrency.enter(key)
    const refused = (refusal: Refusal): false => {
      auditRefusal(audited, refusal, identity)
      leave?.()
      if (id !== undefined) void this.#reply(id, refusalToError(refusal))
      return false
    }
    const limit = deciding.configuration.limits.concurrentPerSubject
    if (leave === undefined) return refused({ reason: 'too-many-at-once', limit })
    if (id !== undefined && this.#open.has(id)) return refused({ reason: 'message-malformed', id })
    const decided = await forMessage.run(this.#understand(message), deciding)
    if (decided instanceof Refused) return refused(decided.refusal)
    const audit = new Audit(audited, decided, deciding.configuration)
    if (id === undefined) {
      this.onmessage?.(message)
      if (message.method === 'notifications/cancelled') this.#cancel(message.params?.requestId)
      audit.finish(202)
      return false
    }
    const request = this.#openRequest(id, decided, { arrived, audit, audited, leave })
    this.onmessage?.(isStreamOfChanges(message, decided) ? await this.#listening(message, request) : message)
    return true
  }

  #understand(message: Asking): Understood {
    const { deciding, identity } = this.#parts
    const meta = isRecord(message.params) ? message.params._meta : undefined
    const claim = isRecord(meta) ? meta['io.modelcontextprotocol/protocolVersion'] : undefined
    if (message.method === 'initialize' && claim === undefined) this.#negotiate(message.params?.protocolVersion)
    return {
      method: ADDRESS,
      raw: NO_HEADERS,
      address: ADDRESS,
      identity,
      quotas: [],
      body: message,
      era: claim === undefined ? 'legacy' : 'modern',
      // Here one server of the SDK answers everything.
      isRequest: false,
      protocolVersion: typeof claim === 'string' ? claim : this.#legacyVersion,
      messages: [readMessage(message, deciding.catalogue)],
    }
  }

  /** MCP 2025-11-25, version negotiation: a version that is not known is answered with the newest that is. */
  #negotiate(requested: unknown): void {
    const [, newest = ''] = VERSIONS
    this.#legacyVersion = VERSIONS.find((version) => version === requested) ?? newest
  }

  #openRequest(
    id: RequestId,
    decided: Decided,
    about: {
      readonly arrived: Arrived
      readonly audit: Audit
      readonly audited: AuditedRequest
      readonly leave: () => void
    },
  ): OpenRequest {
    const { deciding, inFlight, services, changes, seal } = this.#parts
    const { arrived, audit, audited, leave } = about
    const { controller } = arrived
    const place = new Place(leave)
    const out = place.take()
    const exchange: Exchange = {
      id: audited.id,
      protocolVersion: decided.protocolVersion,
      era: decided.era,
      identity: decided.identity,
      grants: decided.grants,
      readsResults: false,
      tokenExchange: NO_EXCHANGE,
      services,
      changes,
      seal,
      log: audited.log,
      audit,
      signal: controller.signal,
      secondsFor: (item) => secondsFor(item, deciding.configuration),
      begin: () => {
        const endHandler = inFlight.begin(controller)
        const outOfHandler = place.take()
        return () => {
          endHandler()
          outOfHandler()
        }
      },
    }
    const release = (): void => {
      arrived.end()
      out()
    }
    const finish = (status: number, ended?: Outcome): void => {
      this.#open.delete(id)
      audit.finish(status, ended)
      release()
    }
    const request = { exchange, controller, release, finish }
    this.#open.set(id, request)
    return request
  }

  /** A subscription as the SDK gets it: it names only what its client may know of. */
  async #listening(message: Asking, { exchange, release }: OpenRequest): Promise<JSONRPCMessage> {
    const watched = await watchedBy(message, exchange)
    for (const [uri, read] of watched) this.#parts.watches.add(uri, read, exchange)
    exchange.audit.answered('subscriptions/listen', undefined, 'answered')
    release()
    return narrowed(message, [...watched.keys()]) as JSONRPCMessage
  }

  /** The SDK answers a request no more that its client took back. */
  #cancel(id: unknown): void {
    const request = typeof id === 'string' || typeof id === 'number' ? this.#open.get(id) : undefined
    if (request === undefined) return
    request.controller.abort(new Error('The client took the request back.'))
    // Not before the SDK, which heard of it just now, has looked the exchange up for the last time.
    setImmediate(() => request.finish(499, 'abandoned'))
  }

  #refuseLine(refusal: Refusal): void {
    auditRefusal(this.#audited(performance.now()), refusal, this.#parts.identity)
    const id = refusal.reason === 'message-malformed' ? refusal.id : null
    void this.#reply(id ?? undefined, refusalToError(refusal))
  }

  async #reply(id: RequestId | undefined, error: ReturnType<typeof refusalToError>): Promise<void> {
    const told = { jsonrpc: '2.0', error, ...(id === undefined ? {} : { id }) } as const
    // A client that is gone does not read it.
    await this.#wire.send(told).catch(() => {})
  }

  #audited(at: number): AuditedRequest {
    const { log, trail } = this.#parts
    const id = randomUUID()
    const elapsed = (): number => performance.now() - at
    return { id, log: log.child({ reqId: id }), trail, address: ADDRESS, elapsed, trace: undefined }
  }
}

function isStreamOfChanges({ method }: Asking, { era }: Decided): boolean {
  return method === 'subscriptions/listen' && era === 'modern'
}
