import type { ConditionsFact, Located, OnlyForFacts, SettingFact } from './facts.js'
import { readSetting } from './read-setting.js'
import type { Report } from './report.js'
import { describe, member, type StaticMember, type StaticObject } from './static-value.js'

/**
 * Reads what a definition asks for besides who may use it. What cannot be read
 * is refused here; what cannot be met, or means nothing, in `check/`.
 */
export function readConditions(item: string, object: StaticObject, report: Report): ConditionsFact {
  return {
    whenDenied: read('whenDenied', readWhenDenied),
    onlyFor: read('onlyFor', readOnlyFor),
    freshLogin: read('freshLogin', readFreshLogin),
    acr: read('acr', readTexts),
    argumentScopes: read('argumentScopes', readDeclared),
    authorize: member(object, 'authorize')?.place ?? null,
  }

  function read<T>(condition: string, reader: (found: StaticMember) => T | Unread): Located<T> | null {
    const found = member(object, condition)
    if (found === null) return null
    const value = reader(found)
    if (!(value instanceof Unread)) return { value, place: found.place }
    report.add('unreadable-condition', found.value.place, { item, condition, construct: value.construct })
    return null
  }
}

/** Why something could not be read. */
class Unread {
  readonly construct: string

  constructor(construct: string) {
    this.construct = construct
  }
}

function readWhenDenied({ value }: StaticMember): 'challenge' | 'hide' | Unread {
  if (value.kind !== 'literal') return new Unread(`it is ${describe(value)}`)
  const { value: word } = value
  if (word === 'challenge' || word === 'hide') return word
  return new Unread(`it is ${typeof word === 'string' ? `'${word}'` : describe(value)}, not 'challenge' or 'hide'`)
}

/** An object that holds nothing but these. */
function readObject({ value }: StaticMember, allowed: readonly string[]): StaticObject | Unread {
  if (value.kind !== 'object') return new Unread(`it is ${describe(value)}, not an object`)
  const [hidden] = value.hidden
  if (hidden !== undefined) return new Unread(`it holds ${hidden.construct}`)
  const other = value.members.find(({ key }) => !allowed.includes(key))
  if (other === undefined) return value
  return new Unread(`it holds '${other.key}' and may hold ${allowed.map((key) => `'${key}'`).join(' and ')} only`)
}

const LISTS = ['clientIds', 'tenants', 'issuers'] as const

function readOnlyFor(found: StaticMember): OnlyForFacts | Unread {
  const object = readObject(found, LISTS)
  if (object instanceof Unread) return object
  const clientIds = optional('clientIds', object, readLocatedTexts)
  const tenants = optional('tenants', object, readLocatedTexts)
  const issuers = optional('issuers', object, readSettings)
  if (clientIds instanceof Unread) return clientIds
  if (tenants instanceof Unread) return tenants
  return issuers instanceof Unread ? issuers : { clientIds, tenants, issuers }
}

function optional<T>(
  key: string,
  object: StaticObject,
  reader: (found: StaticMember) => T | Unread,
): T | Unread | null {
  const found = member(object, key)
  if (found === null) return null
  const value = reader(found)
  return value instanceof Unread ? new Unread(`${key} of it cannot be read: ${value.construct}`) : value
}

function readSettings({ value }: StaticMember): readonly Located<SettingFact>[] | Unread {
  if (value.kind !== 'array') return new Unread(`it is ${describe(value)}, not an array`)
  const settings: Located<SettingFact>[] = []
  for (const item of value.items) {
    const read = readSetting(item)
    if ('kind' in read) return new Unread(`it holds ${read.construct}, not a string or env()`)
    settings.push(read)
  }
  return settings
}

function readFreshLogin(found: StaticMember): { readonly maxAgeSeconds: number } | Unread {
  const value = readObject(found, ['maxAgeSeconds'])
  if (value instanceof Unread) return value
  const age = member(value, 'maxAgeSeconds')?.value
  if (age === undefined) return new Unread("it is an object without 'maxAgeSeconds'")
  if (age.kind !== 'literal' || typeof age.value !== 'number') {
    return new Unread(`maxAgeSeconds is ${describe(age)}, not a number`)
  }
  return { maxAgeSeconds: age.value }
}

/** What `pick` does is the project's; what it may pick is read. */
function readDeclared(found: StaticMember): readonly Located<string>[] | Unread {
  const value = readObject(found, ['declared', 'pick'])
  if (value instanceof Unread) return value
  const declared = member(value, 'declared')
  if (declared === null || member(value, 'pick') === null) {
    return new Unread(`it is an object without '${declared === null ? 'declared' : 'pick'}'`)
  }
  return readLocatedTexts(declared)
}

function readTexts(found: StaticMember): readonly string[] | Unread {
  const texts = readLocatedTexts(found)
  return texts instanceof Unread ? texts : texts.map(({ value }) => value)
}

function readLocatedTexts({ value }: StaticMember): readonly Located<string>[] | Unread {
  if (value.kind !== 'array') return new Unread(`it is ${describe(value)}, not an array`)
  const texts: Located<string>[] = []
  for (const item of value.items) {
    if (item.kind !== 'literal' || typeof item.value !== 'string') {
      return new Unread(`it holds ${describe(item)}, not a string`)
    }
    texts.push({ value: item.value, place: item.place })
  }
  return texts
}
