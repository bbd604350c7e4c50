import { diagnostic, type Related } from '../diagnostics/diagnostic.js'
import type { ScopeModel } from '../model/server-model.js'
import type { Rule } from './rule.js'

/** One finding for each circle, at the first scope of it in the source. */
export const impliesCycle: Rule = ({ model }) => {
  const reported = new Set<string>()
  return model.scopes.flatMap((scope) => {
    if (reported.has(scope.name)) return []
    const cycle = findCycle(scope.name, [scope.name], model.scopes)
    if (cycle === null) return []
    for (const name of cycle) reported.add(name)
    const [first, ...others] = stepsOf(cycle, model.scopes)
    const path = [...cycle, scope.name].join(' → ')
    return [diagnostic('implies-cycle', first?.place ?? scope.place, { cycle: path }, others)]
  })
}

/** Where each scope of a circle implies the next. */
function stepsOf(cycle: readonly string[], scopes: readonly ScopeModel[]): readonly Related[] {
  return cycle.flatMap((name, index) => {
    const next = cycle[index + 1] ?? cycle[0]
    const step = scopes.find((scope) => scope.name === name)?.implies.find(({ value }) => value === next)
    return step === undefined ? [] : [{ message: `'${name}' implies '${next}' here`, place: step.place }]
  })
}

function findCycle(start: string, path: readonly string[], scopes: readonly ScopeModel[]): readonly string[] | null {
  const here = scopes.find(({ name }) => name === path.at(-1))
  for (const { value } of here?.implies ?? []) {
    if (value === start) return path
    if (path.includes(value)) continue
    const found = findCycle(start, [...path, value], scopes)
    if (found !== null) return found
  }
  return null
}
