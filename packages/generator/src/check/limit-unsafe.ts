import type { LimitFact, LimitsFact } from '../analyse/facts.js'
import { diagnostic } from '../diagnostics/diagnostic.js'
import { didYouMean } from '../diagnostics/suggest.js'
import { nameOf } from '../model/item-name.js'
import { LARGEST_LIMIT, SERVER_LIMITS, TOOL_LIMITS } from '../model/limit-names.js'
import type { Rule } from './rule.js'

export const limitUnsafe: Rule = ({ model: { server, tools } }) => [
  ...findings('the server', server?.limits ?? [], SERVER_LIMITS),
  ...tools.flatMap((tool) => findings(nameOf(tool), tool.limits, TOOL_LIMITS)),
]

function findings(what: string, limits: LimitsFact, known: readonly string[]): ReturnType<Rule> {
  return (limits ?? []).flatMap((limit) => {
    const problem = problemOf(limit, known)
    return problem === null ? [] : [diagnostic('limit-unsafe', limit.place, { what, limit: limit.name, problem })]
  })
}

function problemOf({ name, value }: LimitFact, known: readonly string[]): string | null {
  if (!known.includes(name)) return `is not one that there is.${didYouMean(name, known)}`
  const isCount = typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= LARGEST_LIMIT
  return isCount ? null : `is ${JSON.stringify(value)}, not a whole number from 1 to ${LARGEST_LIMIT}`
}
