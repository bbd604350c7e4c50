import { type Finding, findings, warning } from '../finding.js'
import type { Probed } from '../look.js'

const DAY_MS = 24 * 60 * 60 * 1000
/** Automation renews a month ahead; one that has not with two weeks left is broken. */
const EARLY_DAYS = 14

/** How long the certificate is good: that it is good at all is seen by `reachable`. */
export function certificate({ initialize }: Probed, now: number): readonly Finding[] {
  const until = initialize.kind === 'answer' ? initialize.certifiedUntil : null
  if (until === null) return []
  const days = Math.floor((until.getTime() - now) / DAY_MS)
  const text = `the certificate is good for ${days} ${days === 1 ? 'day' : 'days'}`
  const problems = days < EARLY_DAYS ? [warning(text, 'Renew it, and look why nothing did so by itself.')] : []
  return findings('certificate', problems, text)
}
