import type { ConditionsFact } from '../analyse/facts.js'
import { diagnostic, type Place } from '../diagnostics/diagnostic.js'
import { issuersOf } from '../model/issuers.js'
import { nameOf } from '../model/item-name.js'
import { itemsOf } from '../model/items.js'
import type { ServerModel } from '../model/server-model.js'
import { onlyForProblems } from './only-for-problems.js'
import type { Rule } from './rule.js'
import { isScopeToken } from './scope-token.js'

/** The longest that a login counts as fresh: a year, in seconds. Beyond that a number is a mistake. */
const YEAR = 365 * 24 * 60 * 60

/** A condition that no login of this server can meet: nobody could ever use the item. */
export const conditionImpossible: Rule = ({ model }) =>
  itemsOf(model).flatMap((item) =>
    problemsOf(item.conditions, model).map(({ condition, problem, place }) =>
      diagnostic('condition-impossible', place, { item: nameOf(item), condition, problem }),
    ),
  )

interface Problem {
  readonly condition: string
  readonly problem: string
  readonly place: Place
}

function problemsOf({ onlyFor, freshLogin, acr }: ConditionsFact, model: ServerModel): readonly Problem[] {
  const problems: Problem[] = []
  if (freshLogin !== null) {
    const age = freshLogin.value.maxAgeSeconds
    const problem = ageProblem(age)
    if (problem !== null) problems.push({ condition: 'freshLogin', problem, place: freshLogin.place })
  }
  if (onlyFor !== null) {
    const condition = 'onlyFor'
    problems.push(...onlyForProblems(onlyFor, model).map((found) => ({ condition, ...found })))
  }
  if (acr !== null) {
    const problem = acrProblem(acr.value) ?? (isEmbedded(model) ? NO_LEVELS : null)
    if (problem !== null) problems.push({ condition: 'acr', problem, place: acr.place })
  }
  return problems
}

function ageProblem(age: number): string | null {
  if (age > YEAR) return `is ${age}, and more than a year: it counts in seconds`
  return Number.isInteger(age) && age > 0 ? null : `is ${age}, not a whole number of seconds`
}

const NO_LEVELS = 'names a level of login, and the embedded authorization server has none'

function acrProblem(acr: readonly string[]): string | null {
  if (acr.length === 0) return 'is empty'
  // They are asked for in a list with spaces, as scopes are.
  const odd = acr.find((word) => !isScopeToken(word))
  return odd === undefined ? null : `holds ${JSON.stringify(odd)}, which is not one printable word`
}

/** Whether nobody but the embedded authorization server logs anybody in. */
function isEmbedded({ server }: ServerModel): boolean {
  const issuers = issuersOf(server)
  return issuers.length > 0 && issuers.every(({ value }) => value.kind === 'embedded')
}
