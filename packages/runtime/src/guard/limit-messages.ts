import { callerKey } from '../limits/limit-key.js'
import type { Quota } from '../limits/quota.js'
import type { Guard } from './guard.js'
import { type Refused, refuse } from './refusal.js'
import type { Decided } from './states.js'

/**
 * Every message of a batch counts, the first one was counted already; and a call
 * counts for its tool, where that has a limit. What was refused before counts for no tool.
 */
export async function limitMessages(state: Decided, { limits }: Guard): Promise<Decided | Refused> {
  const key = callerKey(state.identity, state.address)
  const quotas = new Map<string, Quota>(state.quotas.map((quota) => [quota.limit, quota]))
  for (const [index, { method, item }] of state.messages.entries()) {
    const tool = method === 'tools/call' && item !== undefined ? limits.tools.get(item.name) : undefined
    const taken = [
      ...(index === 0 || key === undefined ? [] : [await limits.subject.take(key)]),
      // Where the spec says how often, that holds for programs of this machine, too.
      ...(tool === undefined || item === undefined ? [] : [await tool.take(`${item.name}:${key ?? 'local'}`)]),
    ]
    for (const quota of taken) {
      if (quota.exceeded) return refuse({ reason: 'rate-limited', quota, ...(item ? { item: item.name } : {}) })
      const before = quotas.get(quota.limit)
      if (before === undefined || quota.remaining <= before.remaining) quotas.set(quota.limit, quota)
    }
  }
  return { ...state, quotas: [...quotas.values()] }
}
