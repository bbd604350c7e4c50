/**
 * The record of one decision: who asked for what, what was needed, what was
 * held, and what came of it. Plain data; never a token or a result, and
 * arguments only of a tool whose spec says so, without what is sensitive in them.
 */
export interface AuditEvent {
  /** When the request arrived, ISO 8601. */
  readonly at: string
  /** The id of the request in the log. */
  readonly request: string
  /** Where it came from; behind a proxy that was declared, what that says. */
  readonly address: string
  /** The trace that the client takes part in (W3C Trace Context), if it said. */
  readonly traceId?: string
  /** Milliseconds from the arrival to this record. */
  readonly took: number
  readonly decision: 'allowed' | 'refused'
  /** Why it was refused; never told to the client. */
  readonly reason?: string
  /** What came of what was allowed. */
  readonly outcome?: string
  readonly subject?: string
  readonly clientId?: string
  readonly issuer?: string
  /** The declared scopes that the token holds. */
  readonly held?: readonly string[]
  /** The scopes that what was asked for needs. */
  readonly needed?: readonly string[]
  readonly method?: string
  readonly tool?: string
  readonly resource?: string
  readonly prompt?: string
  /** Of a stream of changes the resources that its client hears of; of a refusal those that were refused. */
  readonly resources?: readonly string[]
  readonly arguments?: unknown
  /** More of a refusal, by its reason: which tools, which scopes are missing, what was wrong with the token. */
  readonly [detail: string]: unknown
}

/**
 * Where somebody keeps audit records, besides the log. It is called with one
 * record at a time, after the answer does not depend on it any more: how long it
 * takes, and whether it throws, changes nothing for a client.
 */
export type AuditSink = (event: AuditEvent) => void | Promise<void>
