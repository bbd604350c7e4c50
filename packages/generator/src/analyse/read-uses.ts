import type { Located, UsesFact } from './facts.js'
import type { Report } from './report.js'
import { describe, member, type StaticObject } from './static-value.js'

/**
 * Reads what a handler does besides answering. It decides what the handler is
 * given, so it is read like the scopes: from the source.
 */
export function readUses(item: string, object: StaticObject, report: Report): UsesFact | null {
  const found = member(object, 'uses')
  if (found === null) return null
  const { value, place } = found
  if (value.kind !== 'array') {
    report.add('unreadable-uses', value.place, { item, construct: `it is ${describe(value)}, not an array` })
    return { names: [], place, whole: false }
  }
  const names: Located<string>[] = []
  for (const use of value.items) {
    if (use.kind === 'literal' && typeof use.value === 'string') names.push({ value: use.value, place: use.place })
    else report.add('unreadable-uses', use.place, { item, construct: `it holds ${describe(use)}, not a name` })
  }
  return { names, place, whole: names.length === value.items.length }
}
