import { diagnostic, type Related } from '../diagnostics/diagnostic.js'
import type { ScopeModel } from '../model/server-model.js'
import type { Rule } from './rule.js'

/** One finding for each circle, at the first scope of it in the source. */
export const impliesCycle: Rule = ({ model }) => {
  const reported = new Set<string>()
  return model.scopes.flatMap((scope) => {
    if (reported.has(scope.name)) return []
    const cycle = findCycle(scope.name, model.scopes)
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

/** The way on which a scope leads back to itself. */
function findCycle(start: string, scopes: readonly ScopeModel[]): readonly string[] | null {
  // Wherever a scope leads, it leads there from every way that reaches it: one look at each is enough.
  const seen = new Set<string>()
  function follow(path: readonly string[]): readonly string[] | null {
    const here = scopes.find(({ name }) => name === path.at(-1))
    for (const { value } of here?.implies ?? []) {
      if (value === start) return path
      if (seen.has(value)) continue
      seen.add(value)
      const found = follow([...path, value])
      if (found !== null) return found
    }
    return null
  }
  return follow([start])
}
