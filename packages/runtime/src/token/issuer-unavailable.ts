/** What is known of a failure besides its message. */
export interface Unavailability {
  /** Whether the same question may be answered a moment later: the connection failed, nothing was said. */
  readonly passing?: boolean
  /** Seconds until it is worth asking again, where that is known. */
  readonly retryAfter?: number
  /** The issuer knows us and refuses us: asking again would not help, somebody has to change a setting. */
  readonly ourClientRefused?: boolean
}

/** The authorization server did not answer, or not in a way that can be used. The detail is for the log. */
export class IssuerUnavailable extends Error {
  override readonly name: string = 'IssuerUnavailable'
  readonly passing: boolean
  readonly retryAfter: number | undefined
  readonly ourClientRefused: boolean

  constructor(message: string, { passing = false, retryAfter, ourClientRefused = false }: Unavailability = {}) {
    super(message)
    this.passing = passing
    this.retryAfter = retryAfter
    this.ourClientRefused = ourClientRefused
  }
}
