import type { ExpectedAccess, ExpectedItem } from '../expected-access.js'

/** The scopes of a good token, and what should come of asking for one item with it. */
export interface Holding {
  /** As in "with …". */
  readonly name: string
  /** What the token says, declared or not. */
  readonly scopes: readonly string[]
  /** What a refusal names: the scopes of the item, or the set of them that is nearest to what the token holds. */
  readonly needed: readonly string[]
  /** What it lacks for the item; none: it is let through. */
  readonly missing: readonly string[]
}

/** One rule of which scopes are tried. */
export type HoldingRule = (item: ScopedItem, expected: ExpectedAccess) => readonly Omit<Holding, 'needed'>[]

export type ScopedItem = Extract<ExpectedItem, { access: 'scopes' }>
