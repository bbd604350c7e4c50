import { didYouMean } from '../diagnostics/suggest.js'
import type { AccessFact, Located } from './facts.js'
import type { Report } from './report.js'
import { absent, describe, member, type StaticMember, type StaticObject, type StaticValue } from './static-value.js'

/** Reads who may use a tool, a resource or a prompt. What cannot be read is refused here; what is wrong, in `check/`. */
export function readAccess(item: string, object: StaticObject, report: Report): AccessFact {
  const scopes = member(object, 'scopes')
  const access = member(object, 'access')
  if (scopes !== null && access !== null) {
    return { kind: 'conflict', ...NO_SCOPES, place: access.place, other: scopes.place }
  }
  if (scopes !== null) return readScopes(item, scopes, report)
  if (access !== null) return readLevel(item, access, report)
  return { kind: absent(object), ...NO_SCOPES, place: object.place }
}

const NO_SCOPES = { scopes: [], sets: [] } as const

function readScopes(item: string, { value, place }: StaticMember, report: Report): AccessFact {
  if (value.kind === 'object') return readAnyOf(item, value, place, report)
  const { scopes, isWhole } = readSet(item, value, report)
  return { kind: isWhole ? 'scopes' : 'unreadable', scopes, sets: [], place }
}

/** `{ anyOf: [[…], […]] }`, and nothing besides: what stands beside it would mean nothing. */
function readAnyOf(item: string, object: StaticObject, place: StaticMember['place'], report: Report): AccessFact {
  const refuse = (at: StaticValue['place'], construct: string): AccessFact => {
    report.add('unreadable-scopes', at, { item, construct })
    return { kind: 'unreadable', ...NO_SCOPES, place }
  }
  const [hidden] = object.hidden
  if (hidden !== undefined) return refuse(hidden.place, `it holds ${hidden.construct}`)
  const other = object.members.find(({ key }) => key !== 'anyOf')
  if (other !== undefined) return refuse(other.place, `it holds '${other.key}' and may hold 'anyOf' only`)
  const anyOf = member(object, 'anyOf')
  if (anyOf === null) return refuse(object.place, "it is an object without 'anyOf'")
  if (anyOf.value.kind !== 'array') return refuse(anyOf.value.place, `anyOf is ${describe(anyOf.value)}, not an array`)
  const read = anyOf.value.items.map((set) => ({ ...readSet(item, set, report), place: set.place }))
  if (!read.every(({ isWhole }) => isWhole)) return { kind: 'unreadable', ...NO_SCOPES, place }
  const sets = read.map(({ scopes, place: at }) => ({ value: scopes, place: at }))
  return { kind: 'any-of', scopes: read.flatMap(({ scopes }) => scopes), sets, place }
}

interface ReadSet {
  readonly scopes: readonly Located<string>[]
  /** Whether that is all of it; if not, that is reported. */
  readonly isWhole: boolean
}

function readSet(item: string, value: StaticValue, report: Report): ReadSet {
  if (value.kind !== 'array') {
    report.add('unreadable-scopes', value.place, {
      item,
      construct: `it is ${describe(value)}, not an array`,
    })
    return { scopes: [], isWhole: false }
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
  return { scopes, isWhole: scopes.length === value.items.length }
}

const LEVELS = ['authenticated', 'public'] as const

function readLevel(item: string, { value, place }: StaticMember, report: Report): AccessFact {
  const level = value.kind === 'literal' ? value.value : undefined
  const known = LEVELS.find((candidate) => candidate === level)
  if (known !== undefined) return { kind: known, ...NO_SCOPES, place }
  const construct =
    typeof level === 'string'
      ? `'${level}' is no level of access.${didYouMean(level, LEVELS)}`
      : `it is ${describe(value)}`
  report.add('unreadable-access', value.place, { item, construct })
  return { kind: 'unreadable', ...NO_SCOPES, place }
}
