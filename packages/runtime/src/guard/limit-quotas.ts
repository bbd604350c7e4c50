import type { Quota } from '../limits/quota.js'

/** What is left of each limit: of two answers of one limit the one with less. */
export function withQuotas(quotas: readonly Quota[], taken: Quota): readonly Quota[] {
  const before = quotas.find(({ limit }) => limit === taken.limit)
  if (before === undefined) return [...quotas, taken]
  return quotas.map((quota) => (quota === before && taken.remaining <= before.remaining ? taken : quota))
}
