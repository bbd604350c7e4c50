import type { Fact, Located } from './facts.js'
import type { Report } from './report.js'
import { absent, describe, member, type StaticObject } from './static-value.js'

/** Reads which clients the server is for. Whether they exist is for `check/` to say. */
export function readClients(server: StaticObject, report: Report): Fact<readonly Located<string>[]> {
  const found = member(server, 'clients')
  if (found === null) return absent(server)
  const { value } = found
  if (value.kind !== 'array') return refuse(`it is ${describe(value)}, not an array`, value.place)
  if (value.items.length === 0) return refuse('it names no client', value.place)
  const names: Located<string>[] = []
  for (const item of value.items) {
    if (item.kind !== 'literal' || typeof item.value !== 'string') {
      return refuse(`it holds ${describe(item)}, not the name of a client`, item.place)
    }
    names.push({ value: item.value, place: item.place })
  }
  return { value: names, place: found.place }

  function refuse(construct: string, place: StaticObject['place']): 'unreadable' {
    report.add('unreadable-clients', place, { construct })
    return 'unreadable'
  }
}
