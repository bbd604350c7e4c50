import type { Fact, Located, ScopeFacts } from './facts.js'
import { reportUnknown } from './known-properties.js'
import { readText } from './read-text.js'
import type { Report } from './report.js'
import { absent, describe, member, type StaticMember, type StaticObject } from './static-value.js'

/** Reads the scopes that the server declares. */
export function readScopeDeclarations(
  server: StaticObject,
  evaluated: unknown,
  report: Report,
): Fact<readonly ScopeFacts[]> {
  const found = member(server, 'scopes')
  if (found === null) return absent(server)
  const { value } = found
  if (value.kind !== 'object') {
    report.add('unreadable-scope', value.place, { scope: 'scopes', construct: `it is ${describe(value)}` })
    return 'unreadable'
  }
  for (const hidden of value.hidden) {
    report.add('unreadable-scope', hidden.place, { scope: 'scopes', construct: `it holds ${hidden.construct}` })
  }
  const declared = value.members.map((scope) => readDeclaration(scope, property(evaluated, scope.key), report))
  return { value: declared, place: found.place }
}

function readDeclaration({ key, place, value }: StaticMember, evaluated: unknown, report: Report): ScopeFacts {
  const scope = `scope '${key}'`
  if (value.kind !== 'object') {
    report.add('unreadable-scope', value.place, {
      scope,
      construct: `it is ${describe(value)}, not an object`,
    })
    return { name: key, place, description: 'unreadable', baseline: false, implies: [] }
  }
  for (const hidden of value.hidden) {
    report.add('unreadable-scope', hidden.place, { scope, construct: `it holds ${hidden.construct}` })
  }
  reportUnknown(value, 'scope', scope, report)
  return {
    name: key,
    place,
    description: readText(value, 'description', asRecord(evaluated)),
    baseline: readBaseline(scope, value, report),
    implies: readImplies(scope, value, report),
  }
}

function readBaseline(scope: string, object: StaticObject, report: Report): boolean {
  const found = member(object, 'baseline')?.value
  if (found === undefined) return false
  if (found.kind === 'literal' && typeof found.value === 'boolean') return found.value
  report.add('unreadable-scope', found.place, {
    scope: `baseline of ${scope}`,
    construct: `it is ${describe(found)}`,
  })
  return false
}

function readImplies(scope: string, object: StaticObject, report: Report): readonly Located<string>[] {
  const found = member(object, 'implies')?.value
  if (found === undefined) return []
  const items = found.kind === 'array' ? found.items : [found]
  return items.flatMap((item) => {
    if (found.kind === 'array' && item.kind === 'literal' && typeof item.value === 'string') {
      return [{ value: item.value, place: item.place }]
    }
    report.add('unreadable-scope', item.place, {
      scope: `implies of ${scope}`,
      construct: found.kind === 'array' ? `it holds ${describe(item)}` : `it is ${describe(item)}, not an array`,
    })
    return []
  })
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
}
