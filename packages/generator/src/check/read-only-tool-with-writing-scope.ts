import type { Place } from '../diagnostics/diagnostic.js'
import { diagnostic } from '../diagnostics/diagnostic.js'
import { argumentScopesOf, scopeSetsOf } from '../model/scope-sets.js'
import { says } from './hints.js'
import type { Rule } from './rule.js'

/** Words that say in the name of a scope that it changes something. */
const WRITING =
  /^(?:write|create|add|insert|update|edit|modify|change|delete|remove|destroy|drop|send|post|publish|upload|manage|admin)$/i
/** Next to one of these, as in `admin:read`, it does not. */
const READING = /^(?:read|readonly|list|view|get|search|see)$/i

/** Either the hint is wrong, or the tool asks for more than it needs. Hints that contradict each other have a rule of their own. */
export const readOnlyToolWithWritingScope: Rule = ({ model }) =>
  model.tools.flatMap((tool) => {
    if (!says(tool, 'readOnlyHint') || says(tool, 'destructiveHint')) return []
    const related = hintPlace(tool.annotations?.place)
    const sets = scopeSetsOf(tool.access)
    // With a set that only reads beside it, nobody has to grant the one that writes.
    const needed = sets.every((set) => set.some(({ value }) => isWriting(value))) ? sets.flat() : []
    return [...needed, ...argumentScopesOf(tool)]
      .filter(({ value }) => isWriting(value))
      .map(({ value, place }) =>
        diagnostic('read-only-tool-with-writing-scope', place, { tool: tool.name, scope: value }, related),
      )
  })

function hintPlace(place: Place | undefined) {
  return place === undefined ? [] : [{ message: 'it says that it only reads here', place }]
}

function isWriting(scope: string): boolean {
  const words = scope.split(/[:._/-]/)
  return words.some((word) => WRITING.test(word)) && !words.some((word) => READING.test(word))
}
