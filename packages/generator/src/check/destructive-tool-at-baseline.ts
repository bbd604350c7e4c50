import { diagnostic } from '../diagnostics/diagnostic.js'
import { baselineScopes, isReachable } from '../model/baseline.js'
import { says } from './hints.js'
import type { Rule } from './rule.js'

/** A tool that destroys, and that every fresh login may call. A public one, and one that says that it only reads, have rules of their own. */
export const destructiveToolAtBaseline: Rule = ({ model }) => {
  const granted = baselineScopes(model.scopes)
  return model.tools
    .filter((tool) => says(tool, 'destructiveHint') && !says(tool, 'readOnlyHint') && tool.access.kind !== 'public')
    .filter(({ access }) => isReachable(access, granted))
    .map(({ name, access, annotations }) => {
      const level = access.kind === 'authenticated' ? 'no scope at all' : 'the baseline scopes alone'
      const named = model.scopes.filter(({ name: scope }) => access.scopes.some(({ value }) => value === scope))
      return diagnostic('destructive-tool-at-baseline', access.place, { tool: name, level }, [
        ...(annotations === null ? [] : [{ message: 'it says that it destroys here', place: annotations.place }]),
        ...named.map((scope) => ({ message: `'${scope.name}' is declared here`, place: scope.place })),
      ])
    })
}
