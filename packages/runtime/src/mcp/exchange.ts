import type { FastifyBaseLogger } from 'fastify'
import type { Changes } from '../definition.js'
import type { TokenExchange } from '../exchange/token-exchange.js'
import type { Audit } from '../guard/audit.js'
import type { Grants } from '../guard/grants.js'
import type { Identity } from '../token/identity.js'
import type { StateSeal } from './ask/state-seal.js'
import type { Item } from './catalogue.js'

/** One request that the guard let through, as far as answering it goes. */
export interface Exchange {
  /** The id of the request in the log. */
  readonly id: string
  readonly protocolVersion: string
  readonly era: 'modern' | 'legacy'
  /** Nobody, if no token was brought. */
  readonly identity: Identity | undefined
  readonly grants: Grants
  /** Whether the client is told which login each tool needs in the words of ChatGPT. */
  readonly readsResults: boolean
  /** Gets tokens for other services in the caller's name; nothing, if no issuer exchanges any. */
  readonly tokenExchange: TokenExchange | undefined
  readonly services: unknown
  readonly changes: Changes
  /** For what the client keeps while it is asked something. */
  readonly seal: StateSeal
  readonly log: FastifyBaseLogger
  readonly audit: Audit
  /** Aborted when the client is gone, where that means something, and when the server gives up waiting. */
  readonly signal: AbortSignal
  /** How long a handler may take. */
  secondsFor(item: Item | undefined): number
  /** Says that a handler runs: the services stay open until the returned function is called. */
  begin(): () => void
}
