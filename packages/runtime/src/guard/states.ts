import type { IncomingMessage } from 'node:http'
import type { Quota } from '../limits/quota.js'
import type { Message } from '../mcp/message.js'
import type { Session } from '../mcp/sessions/session.js'
import type { Identity } from '../token/identity.js'
import type { Grants } from './grants.js'

/** What rules read of a request besides its body. A message that came without HTTP has no headers. */
export type Sent = Pick<IncomingMessage, 'headers' | 'rawHeaders'>

/** What the guard knows of a request when it arrives. Nothing of it is parsed, nobody is believed. */
export interface Arrival {
  readonly method: string
  readonly raw: IncomingMessage
  /** Where it comes from; behind a proxy that was declared, what that says. */
  readonly address: string
}

/** A request with the credentials that it brought; none if it brought none. */
export interface Presented extends Arrival {
  readonly token: string | undefined
}

/** A request whose caller is verified; nobody, if no token was brought. The token goes no further. */
export interface Identified extends Arrival {
  readonly identity: Identity | undefined
  /** What is left of the limits that it counts for. */
  readonly quotas: readonly Quota[]
}

export interface Parsed extends Omit<Identified, 'raw'> {
  readonly raw: Sent
  readonly body: unknown
}

/** A request of which is known what it asks for. */
export interface Understood extends Parsed {
  readonly era: 'modern' | 'legacy'
  /** Whether the SDK finds one well-formed request in it, with a complete envelope where its era has one. */
  readonly isRequest: boolean
  /** Whether the SDK refuses it as it stands: it is no JSON-RPC message, or says two revisions at once. */
  readonly isMalformed: boolean
  readonly protocolVersion: string
  readonly messages: readonly Message[]
}

/** A request that may be answered. */
export interface Decided extends Understood {
  /** The right to use each thing that its messages are about. */
  readonly grants: Grants
  /** The session that it names; its caller's own. */
  readonly session?: Session
}

/** A request about a session of its caller's. */
export interface InSession extends Identified {
  readonly identity: Identity
  readonly session: Session
}
