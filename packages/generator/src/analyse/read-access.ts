import { didYouMean } from '../diagnostics/suggest.js'
import type { AccessFact, Located } from './facts.js'
import type { Report } from './report.js'
import { absent, describe, member, type StaticMember, type StaticObject } from './static-value.js'

/** Reads who may use a tool, a resource or a prompt. What cannot be read is refused here; what is wrong, in `check/`. */
export function readAccess(item: string, object: StaticObject, report: Report): AccessFact {
  const scopes = member(object, 'scopes')
  const access = member(object, 'access')
  if (scopes !== null && access !== null) {
    return { kind: 'conflict', scopes: [], place: access.place, other: scopes.place }
  }
  if (scopes !== null) return readScopes(item, scopes, report)
  if (access !== null) return readLevel(item, access, report)
  return { kind: absent(object), scopes: [], place: object.place }
}

function readScopes(item: string, { value, place }: StaticMember, report: Report): AccessFact {
  if (value.kind !== 'array') {
    report.add('unreadable-scopes', value.place, {
      item,
      construct: `it is ${describe(value)}, not an array`,
    })
    return { kind: 'unreadable', scopes: [], place }
  }
  const scopes: Located<string>[] = []
  for (const scope of value.items) {
    if (scope.kind === 'literal' && typeof scope.value === 'string') {
      scopes.push({ value: scope.value, place: scope.place })
    } else {
      const construct = `it holds ${describe(scope)}, not the name of a scope`
      report.add('unreadable-scopes', scope.place, { item, construct })
    }
  }
  return { kind: scopes.length === value.items.length ? 'scopes' : 'unreadable', scopes, place }
}

const LEVELS = ['authenticated', 'public'] as const

function readLevel(item: string, { value, place }: StaticMember, report: Report): AccessFact {
  const level = value.kind === 'literal' ? value.value : undefined
  const known = LEVELS.find((candidate) => candidate === level)
  if (known !== undefined) return { kind: known, scopes: [], place }
  const construct =
    typeof level === 'string'
      ? `'${level}' is no level of access.${didYouMean(level, LEVELS)}`
      : `it is ${describe(value)}`
  report.add('unreadable-access', value.place, { item, construct })
  return { kind: 'unreadable', scopes: [], place }
}
