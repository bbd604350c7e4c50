import { diagnostic } from '../diagnostics/diagnostic.js'
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
    const place = scope.implies.find(({ value }) => value === (cycle[1] ?? scope.name))?.place ?? scope.place
    return [diagnostic('implies-cycle', place, { cycle: [...cycle, scope.name].join(' → ') })]
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
