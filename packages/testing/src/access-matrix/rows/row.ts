import type { World } from '../world.js'

/** One row of the matrix: one subject, one kind of caller, in every way of asking. */
export interface Row {
  /** What is asked for: `tool create_note`. */
  readonly subject: string
  /** What should come of it, as a sentence about the subject. */
  readonly name: string
  /** Everything that came out differently than it should; empty when all is well. */
  run(world: World): Promise<readonly Difference[]>
}

export interface Difference {
  /** The way of asking, or the part of the policy. */
  readonly where: string
  readonly expected: unknown
  readonly seen: unknown
}
