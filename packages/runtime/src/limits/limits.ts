import type { Rules } from '../configuration/configuration.js'
import type { SharedState } from '../shared/shared-state.js'
import { Concurrency } from './concurrency.js'
import { type RateLimit, RateLimits } from './rate-limit.js'

/** Every limit of a server. Made once at boot. */
export interface Limits {
  readonly address: RateLimit
  readonly refusedTokens: RateLimit
  readonly client: RateLimit
  readonly subject: RateLimit
  /** By the name of the tool. */
  readonly tools: ReadonlyMap<string, RateLimit>
  readonly concurrency: Concurrency
  close(): Promise<void>
}

export async function openLimits(
  { limits, tools }: Pick<Rules, 'limits' | 'tools'>,
  state: SharedState | undefined,
): Promise<Limits> {
  const rates = await RateLimits.open(state)
  const ofTools = [...tools].flatMap(([name, tool]) => {
    const most = tool.limits?.perMinute ?? limits.perTool
    return most === undefined ? [] : [[name, rates.of('tool', most)] as const]
  })
  return {
    address: rates.of('address', limits.perAddress),
    refusedTokens: rates.of('refused-tokens', limits.refusedPerAddress),
    client: rates.of('client', limits.perClient),
    subject: rates.of('subject', limits.perSubject),
    tools: new Map(ofTools),
    concurrency: new Concurrency(limits.concurrentPerSubject),
    close: () => rates.close(),
  }
}
