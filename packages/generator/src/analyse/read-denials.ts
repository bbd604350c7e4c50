import { didYouMean } from '../diagnostics/suggest.js'
import { DENIALS } from '../model/denials.js'
import type { Fact } from './facts.js'
import type { Report } from './report.js'
import { absent, describe, member, type StaticObject } from './static-value.js'

/** Reads in which form refusals are sent. */
export function readDenials(server: StaticObject, report: Report): Fact<string> {
  const found = member(server, 'denials')
  if (found === null) return absent(server)
  const { value } = found
  const said = value.kind === 'literal' ? value.value : undefined
  if (typeof said === 'string' && DENIALS.includes(said)) return { value: said, place: value.place }
  const problem = typeof said === 'string' ? `'${said}'` : describe(value)
  const hint = typeof said === 'string' ? didYouMean(said, DENIALS) : ''
  report.add('unknown-denials', value.place, { problem, hint })
  return 'unreadable'
}
