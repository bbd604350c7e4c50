import type { FastifyBaseLogger } from 'fastify'
import { deepFreeze } from '../configuration/deep-freeze.js'
import type { AuditEvent, AuditSink } from './audit-event.js'
import { AuditQueue } from './audit-queue.js'

/** Milliseconds that a shutdown waits for a sink to take what waits for it. */
const PATIENCE = 5_000

/** Levels of a log that is to be quiet. Records are no chatter: they are in it all the same. */
const QUIET: ReadonlySet<string> = new Set(['warn', 'error', 'fatal'])

function audible(log: FastifyBaseLogger): FastifyBaseLogger {
  return QUIET.has(log.level) ? log.child({}, { level: 'info' }) : log
}

/** Who wants to know of every decision: a counter. */
export type Listener = (event: AuditEvent) => void

/** Where the records of a server go: to its log, always, and to the sink of whoever runs it. */
export class AuditTrail {
  readonly #queue: AuditQueue | undefined
  readonly #listeners: readonly Listener[]

  constructor(
    log: FastifyBaseLogger,
    options: { readonly sink?: AuditSink | undefined; readonly listeners?: readonly Listener[]; lostOne?: () => void },
  ) {
    const { sink, listeners = [], lostOne = () => {} } = options
    this.#queue = sink === undefined ? undefined : new AuditQueue(sink, log, lostOne)
    this.#listeners = listeners
  }

  /** Writes one record; `log` is that of the request, so that both can be found together. */
  write(log: FastifyBaseLogger, event: AuditEvent, level: 'info' | 'error', message: string): void {
    const record = deepFreeze(event)
    audible(log)[level]({ audit: record }, message)
    for (const listener of this.#listeners) listener(record)
    this.#queue?.add(record)
  }

  async close(): Promise<void> {
    await this.#queue?.close(PATIENCE)
  }
}
