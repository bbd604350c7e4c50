import type { DownstreamFact, Located } from './facts.js'
import { reportUnknown } from './known-properties.js'
import type { Report } from './report.js'
import { describe, member, type StaticObject, type StaticValue } from './static-value.js'

/**
 * Reads which services a handler gets tokens for. It bounds what is done in the
 * name of callers, so it is read like the scopes: from the source.
 */
export function readDownstream(
  item: string,
  object: StaticObject,
  report: Report,
): Located<readonly DownstreamFact[]> | null {
  const found = member(object, 'downstream')
  if (found === null) return null
  const { value, place } = found
  if (value.kind !== 'array') return refuse(value, `it is ${describe(value)}, not an array`)
  const services = value.items.map(readService)
  return services.every((service) => service !== null) ? { value: services, place } : null

  function readService(service: StaticValue): DownstreamFact | null {
    if (service.kind !== 'object') return refuse(service, `it holds ${describe(service)}, not an object`)
    const [hidden] = service.hidden
    if (hidden !== undefined) return refuse(hidden, `it holds ${hidden.construct}`)
    reportUnknown(service, 'downstream', `downstream of ${item}`, report)
    const kinds = (['audience', 'resource'] as const).filter((kind) => member(service, kind) !== null)
    const [kind, other] = kinds
    if (kind === undefined || other !== undefined) {
      return refuse(service, 'an entry does not have one of audience and resource')
    }
    const name = readText(kind, service)
    const scopes = readScopes(service)
    return name === null || scopes === null ? null : { place: service.place, kind, name, scopes }
  }

  function readText(key: string, service: StaticObject): Located<string> | null {
    const text = member(service, key)?.value
    if (text?.kind === 'literal' && typeof text.value === 'string') return { value: text.value, place: text.place }
    return refuse(text ?? service, `${key} is ${text === undefined ? 'not there' : describe(text)}, not a string`)
  }

  function readScopes(service: StaticObject): readonly Located<string>[] | null {
    const list = member(service, 'scopes')?.value
    if (list?.kind !== 'array') {
      return refuse(list ?? service, `scopes is ${list === undefined ? 'not there' : describe(list)}, not an array`)
    }
    const scopes: Located<string>[] = []
    for (const scope of list.items) {
      if (scope.kind !== 'literal' || typeof scope.value !== 'string') {
        return refuse(scope, `scopes holds ${describe(scope)}, not a string`)
      }
      scopes.push({ value: scope.value, place: scope.place })
    }
    return scopes
  }

  function refuse({ place: at }: StaticValue, construct: string): null {
    report.add('unreadable-downstream', at, { item, construct })
    return null
  }
}
