import type { LimitFact, LimitsFact } from './facts.js'
import type { Report } from './report.js'
import { describe, member, type StaticObject } from './static-value.js'

/** The limits of a server or of a tool, as numbers in the source. `what` is whose they are, for a message. */
export function readLimits(what: string, object: StaticObject, report: Report): LimitsFact {
  const found = member(object, 'limits')
  if (found === null) return []
  const { value } = found
  if (value.kind !== 'object') {
    report.add('unreadable-limit', value.place, { what, construct: `it is ${describe(value)}` })
    return null
  }
  const problems = [
    ...value.hidden.map(({ place, construct }) => ({ place, construct: `it holds ${construct}` })),
    ...value.members.flatMap((limit) =>
      limit.value.kind === 'literal'
        ? []
        : [{ place: limit.value.place, construct: `${limit.key} is ${describe(limit.value)}` }],
    ),
  ]
  for (const { place, construct } of problems) report.add('unreadable-limit', place, { what, construct })
  if (problems.length > 0) return null
  return value.members.flatMap(({ key, place, value: limit }): LimitFact[] =>
    // `undefined` written out counts as absent.
    limit.kind === 'literal' && limit.value !== undefined ? [{ name: key, value: limit.value, place }] : [],
  )
}
