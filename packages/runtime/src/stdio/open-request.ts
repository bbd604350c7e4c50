import type { Changes } from '../definition.js'
import { TokenExchange } from '../exchange/token-exchange.js'
import type { Audit, AuditedRequest, Outcome } from '../guard/audit.js'
import type { Deciding } from '../guard/guard.js'
import type { Decided } from '../guard/states.js'
import { secondsFor } from '../limits/limit-numbers.js'
import type { Place } from '../limits/place.js'
import type { StateSeal } from '../mcp/ask/state-seal.js'
import { beginHandler } from '../mcp/begin-handler.js'
import type { Exchange } from '../mcp/exchange.js'
import type { InFlight } from '../mcp/in-flight.js'
import type { Batch } from './batch.js'

/** A message that was read and is not done with. */
export interface Arrived {
  /** Milliseconds, as `performance.now()` counts them. */
  readonly at: number
  readonly controller: AbortController
  /** Counts it out of what is in hand. */
  readonly end: () => void
  /** What it came in, if not alone. */
  readonly batch: Batch | undefined
}

/** A request that the guard let through and that is not answered yet. */
export interface OpenRequest {
  readonly arrived: Arrived
  readonly exchange: Exchange
  /** Resolves when it is answered, or will not be. */
  readonly ended: Promise<void>
  /** Counts it out: it is no work in hand. */
  release(): void
  /** Writes its record: `status` is what HTTP would have answered. */
  finish(status: number, ended?: Outcome): void
}

/** What a request works with, besides what was decided on it. */
export interface RequestParts {
  readonly deciding: Deciding
  readonly inFlight: InFlight
  readonly services: unknown
  readonly changes: Changes
  readonly seal: StateSeal
}

/** What is known of the message itself. */
export interface About {
  readonly arrived: Arrived
  readonly audit: Audit
  readonly audited: AuditedRequest
  readonly place: Place
}

/** Nobody gave a token that could be exchanged for another. */
const NO_EXCHANGE = TokenExchange.none()

/** Opens a request: what its handler may do is in its exchange. */
export function openRequest(
  { deciding, inFlight, services, changes, seal }: RequestParts,
  { protocolVersion, era, identity, grants }: Decided,
  { arrived, audit, audited, place }: About,
): OpenRequest {
  const { controller } = arrived
  const out = place.take()
  const exchange: Exchange = {
    ...{ protocolVersion, era, identity, grants, services, changes, seal, audit },
    id: audited.id,
    log: audited.log,
    readsResults: false,
    tokenExchange: NO_EXCHANGE,
    signal: controller.signal,
    secondsFor: (item) => secondsFor(item, deciding.configuration),
    begin: () => beginHandler(inFlight, controller, place),
  }
  let tellEnd = (): void => {}
  const ended = new Promise<void>((resolve) => {
    tellEnd = resolve
  })
  const release = (): void => {
    arrived.end()
    out()
  }
  const finish = (status: number, outcome?: Outcome): void => {
    audit.finish(status, outcome)
    release()
    tellEnd()
  }
  return { arrived, exchange, ended, release, finish }
}
