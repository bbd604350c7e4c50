/** The authorization server did not answer, or not in a way that can be used. The detail is for the log. */
export class IssuerUnavailable extends Error {
  override readonly name: string = 'IssuerUnavailable'
}
