import { addressKey } from '../limits/limit-key.js'
import type { Guard } from './guard.js'
import type { Rule } from './pipe.js'
import { type Refusal, Refused, refuse } from './refusal.js'
import type { Arrival } from './states.js'

/** Before a token is looked at: looking may mean a signature, or a question to the authorization server. */
export async function limitAddress<State extends Arrival>(state: State, { limits }: Guard): Promise<State | Refused> {
  const key = addressKey(state.address)
  if (key === undefined) return state
  const refused = await limits.refusedTokens.look(key)
  if (refused.exceeded) return refuse({ reason: 'rate-limited', quota: refused })
  const quota = await limits.address.take(key)
  return quota.exceeded ? refuse({ reason: 'rate-limited', quota }) : state
}

/** Credentials that were wrong. None at all is how every client begins, and an issuer that is away nobody's fault. */
const WRONG: ReadonlySet<Refusal['reason']> = new Set(['token-malformed', 'token-refused', 'credentials-repeated'])

/** Counts, for its address, a request whose credentials a rule refuses. */
export function countingRefusals<In extends Arrival, Out>(rule: Rule<In, Out, Guard>): Rule<In, Out, Guard> {
  return async (state, guard) => {
    const handedOn = await rule(state, guard)
    const key =
      handedOn instanceof Refused && WRONG.has(handedOn.refusal.reason) ? addressKey(state.address) : undefined
    if (key !== undefined) await guard.limits.refusedTokens.take(key)
    return handedOn
  }
}
