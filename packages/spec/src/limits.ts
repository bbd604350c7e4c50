/**
 * How much may be asked of a server, before whoever asks is told to wait (429).
 * Whole numbers from 1 to 1,000,000; each has a default that is far above what
 * people and their agents reach. None can be switched off.
 */
export interface ServerLimits {
  /** Requests a minute in the name of one subject; 6000 by default. */
  readonly perSubject?: number
  /** Requests a minute by one client, for all of its users together; 60000 by default. Hosted clients are one client. */
  readonly perClient?: number
  /** Requests a minute from one address; 60000 by default. Many people may share one. */
  readonly perAddress?: number
  /** Requests a minute from one address whose token was refused; 600 by default. Beyond, its tokens are not looked at. */
  readonly refusedPerAddress?: number
  /** Requests of one subject that are answered at the same time, by one process; 128 by default. */
  readonly concurrentPerSubject?: number
  /** Seconds that a handler may take; 600 by default. Then its `signal` is aborted, and the client gets an error. */
  readonly secondsPerCall?: number
  /** Calls a minute of one tool by one subject, for every tool that does not say itself; none by default. */
  readonly perTool?: number
}

/** How often one tool may be called, and for how long: whole numbers from 1 to 1,000,000. */
export interface ToolLimits {
  /** Calls a minute by one subject; for a public tool, from one address. */
  readonly perMinute?: number
  /** Seconds that a call may take, if that is not what the server says for all. */
  readonly seconds?: number
}

/** What of a call stands in its audit record, besides who called and what came of it. */
export interface ToolAudit {
  /**
   * Keeps the arguments, as they were sent. Not those that the schema marks as
   * sensitive, with `.meta({ sensitive: true })`, `x-sensitive`, `writeOnly` or
   * the format `password`, and none that it does not declare.
   */
  readonly arguments: boolean
}
