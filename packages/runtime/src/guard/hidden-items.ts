import type { Item } from '../mcp/catalogue.js'
import type { Message } from '../mcp/message.js'
import type { Identity } from '../token/identity.js'
import { Grant } from './grant.js'
import type { Deciding } from './guard.js'
import { isFor } from './is-for.js'
import { policyOf } from './policy-of.js'

/** What a caller may not know of, and why; the reason is for the log. */
export interface Hidden {
  readonly item: Item
  /** `not-for-caller`: it is for others, whatever scopes this caller has. */
  readonly reason: 'hidden' | 'not-for-caller'
  readonly needed: readonly string[]
  readonly missing: readonly string[]
}

export type HiddenItems = ReadonlyMap<Item, Hidden>

/**
 * What is hidden from a caller: what is only for others, and what its policy
 * hides from whoever lacks the scopes. A caller who has them and has to log in
 * anew knows of it already.
 */
export function hiddenItems({ catalogue, configuration }: Deciding, identity: Identity | undefined): HiddenItems {
  const hidden = new Map<Item, Hidden>()
  for (const item of catalogue.hideable) {
    const policy = policyOf(item, configuration)
    if (policy === undefined || !isFor(policy, identity)) {
      hidden.set(item, { item, reason: 'not-for-caller', needed: [], missing: [] })
      continue
    }
    if (policy.whenDenied !== 'hide') continue
    const decision = Grant.decide(item, policy, identity)
    if (decision instanceof Grant || decision.denied === 'login-too-weak') continue
    const { needed, missing } = decision.denied === 'insufficient-scope' ? decision : { needed: [], missing: [] }
    hidden.set(item, { item, reason: 'hidden', needed, missing })
  }
  return hidden
}

/**
 * The messages as this caller's: what asks for something hidden asks for
 * nothing there is, from here on and for every rule and handler that follows.
 */
export function withoutHidden(messages: readonly Message[], hidden: HiddenItems): readonly Message[] {
  if (hidden.size === 0) return messages
  return messages.map((message) => {
    const { item, watches } = message
    const found = item === undefined ? undefined : hidden.get(item)
    if (found !== undefined) return { method: message.method, id: message.id, item: undefined, hidden: found }
    if (watches === undefined) return message
    // The others are listened to all the same, as beside a URI that matches nothing.
    return { ...message, watches: watches.filter(({ match }) => !hidden.has(match.resource)) }
  })
}
