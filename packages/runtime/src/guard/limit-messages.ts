import { callerKey } from '../limits/limit-key.js'
import type { Deciding } from './guard.js'
import { withQuotas } from './limit-quotas.js'
import { type Refused, refuse } from './refusal.js'
import type { Understood } from './states.js'

/**
 * Every message of a batch counts, the first one was counted already. It comes
 * before the decision, for which a tool may have to be asked what its arguments need.
 */
export async function limitMessages(state: Understood, { limits }: Deciding): Promise<Understood | Refused> {
  const key = callerKey(state.identity, state.address)
  if (key === undefined) return state
  let { quotas } = state
  for (let counted = 1; counted < state.messages.length; counted++) {
    const quota = await limits.subject.take(key)
    if (quota.exceeded) return refuse({ reason: 'rate-limited', quota })
    quotas = withQuotas(quotas, quota)
  }
  return { ...state, quotas }
}
