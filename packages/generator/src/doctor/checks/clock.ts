import { type Finding, findings, warning } from '../finding.js'
import type { Probed } from '../look.js'

/** What servers usually forgive when they read the times of a token. */
const MOST_SECONDS = 30

/** Whether the clock of the server is right, if this computer's is. */
export function clock({ initialize }: Probed): readonly Finding[] {
  if (initialize.kind === 'silence' || initialize.aheadMs === null) return []
  const seconds = Math.round(Math.abs(initialize.aheadMs) / 1000)
  const side = initialize.aheadMs > 0 ? 'ahead of' : 'behind'
  const text = `the clock of the server is ${seconds} seconds ${side} this computer's: tokens can seem expired, or not valid yet`
  const problems = seconds > MOST_SECONDS ? [warning(text, 'Synchronise both clocks with NTP.')] : []
  return findings('clock', problems, 'the clock of the server agrees with this one')
}
