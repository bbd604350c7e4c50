import { diagnostic } from '../diagnostics/diagnostic.js'
import { baselineScopes, isReachable } from '../model/baseline.js'
import { argumentScopesOf, scopeSetsOf } from '../model/scope-sets.js'
import { says } from './hints.js'
import type { Rule } from './rule.js'

/**
 * A tool that destroys, and that every fresh login may call. A public one, and one
 * that says that it only reads, have rules of their own. Where arguments can ask
 * for more than a first login has, those are taken for the ones that destroy.
 */
export const destructiveToolAtBaseline: Rule = ({ model }) => {
  const granted = baselineScopes(model.scopes)
  return model.tools
    .filter((tool) => says(tool, 'destructiveHint') && !says(tool, 'readOnlyHint') && tool.access.kind !== 'public')
    .filter(({ access }) => isReachable(access, granted))
    .filter((tool) => argumentScopesOf(tool).every(({ value }) => granted.has(value)))
    .map(({ name, access, annotations }) => {
      const level = access.kind === 'authenticated' ? 'no scope at all' : 'the baseline scopes alone'
      const enough = scopeSetsOf(access).filter((set) => set.every(({ value }) => granted.has(value)))
      const named = model.scopes.filter((scope) => enough.flat().some(({ value }) => value === scope.name))
      return diagnostic('destructive-tool-at-baseline', access.place, { tool: name, level }, [
        ...(annotations === null ? [] : [{ message: 'it says that it destroys here', place: annotations.place }]),
        ...named.map((scope) => ({ message: `'${scope.name}' is declared here`, place: scope.place })),
      ])
    })
}
