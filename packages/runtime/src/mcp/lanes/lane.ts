/**
 * The ways to an answer behind the guard. `compiled`: from what was prepared at
 * boot, at a cost that does not grow with the number of tools. `sdk`: by a server
 * of the official SDK, made for the request. Nobody can tell them apart by an answer.
 */
export type Lane = 'compiled' | 'sdk'

/** What a server uses. Only tests, which compare the two, name others. */
export const LANES: readonly Lane[] = ['compiled', 'sdk']
