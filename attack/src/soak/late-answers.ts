/** Milliseconds for which a server waits for its issuer, and a little for a request on its way. */
const PATIENCE = 6_000
/** Questions that have to fail one after the other before a server leaves its issuer alone. */
const IN_A_ROW = 5
/** Milliseconds for which it then does, at most. */
const LONGEST_PAUSE = 37_500

/**
 * Whether a 503 is right although nobody made anything fail: the issuer was too
 * late, as on a machine with too much to do. Then whoever had asked is answered 503, and
 * after five of those in a row so is everybody, until a pause is over.
 *
 * @param late when the issuer was too late, in milliseconds since the epoch
 */
export function wasLate(late: readonly number[], sent: number, answered: number): boolean {
  const within = (before: number, after: number): number =>
    late.filter((at) => at >= sent - before && at <= answered + after).length
  return within(PATIENCE, PATIENCE) > 0 || within(LONGEST_PAUSE + PATIENCE, 0) >= IN_A_ROW
}
