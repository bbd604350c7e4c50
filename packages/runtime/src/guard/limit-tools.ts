import { callerKey } from '../limits/limit-key.js'
import type { Deciding } from './guard.js'
import { withQuotas } from './limit-quotas.js'
import { type Refused, refuse } from './refusal.js'
import type { Decided } from './states.js'

/**
 * A call counts for its tool, where that has a limit. What was refused before
 * counts for no tool; nor does what is hidden from the caller, who would learn
 * of it by its limit.
 */
export async function limitTools(state: Decided, { limits }: Deciding): Promise<Decided | Refused> {
  const key = callerKey(state.identity, state.address)
  let { quotas } = state
  for (const { method, item } of state.messages) {
    const tool = method === 'tools/call' && item !== undefined ? limits.tools.get(item.name) : undefined
    if (tool === undefined || item === undefined) continue
    // Where the spec says how often, that holds for programs of this machine, too.
    const quota = await tool.take(`${item.name}:${key ?? 'local'}`)
    if (quota.exceeded) return refuse({ reason: 'rate-limited', quota, item: item.name })
    quotas = withQuotas(quotas, quota)
  }
  return { ...state, quotas }
}
