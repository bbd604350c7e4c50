import type { Located, SettingFact } from './facts.js'
import { type Part, reportUnknown } from './known-properties.js'
import { readSetting } from './read-setting.js'
import type { Report } from './report.js'
import { describe, member, type StaticObject, type StaticValue } from './static-value.js'

/** Reads a setting of `auth` that has to be there; nothing, if it was refused. */
export function required(key: string, object: StaticObject, report: Report): Located<SettingFact> | null {
  const found = member(object, key)
  if (found !== null) return setting(key, found.value, report)
  report.add('unreadable-auth', object.place, { setting: key, construct: 'it is not there' })
  return null
}

export function setting(key: string, value: StaticValue, report: Report): Located<SettingFact> | null {
  const read = readSetting(value)
  return 'kind' in read ? refuse(key, read, report) : read
}

export function refuse(key: string, value: StaticValue, report: Report): null {
  report.add('unreadable-auth', value.place, { setting: key, construct: `it is ${describe(value)}` })
  return null
}

/** A setting of `auth` that need not be there. */
export function optional(
  key: string,
  object: StaticObject,
  report: Report,
): Located<SettingFact> | null | 'unreadable' {
  const found = member(object, key)
  return found === null ? null : (setting(key, found.value, report) ?? 'unreadable')
}

/** A part of `auth` that is an object of its own, all of it written out. */
export function readPart(part: Part, options: StaticObject, report: Report): StaticObject | null | 'unreadable' {
  const found = member(options, part)?.value
  if (found === undefined) return null
  const hidden = found.kind === 'object' ? found.hidden[0] : found
  if (found.kind !== 'object' || hidden !== undefined) {
    refuse(part, hidden ?? found, report)
    return 'unreadable'
  }
  reportUnknown(found, part, part, report)
  return found
}

/** Seconds that need not be there. */
export function seconds(
  key: string,
  longest: number,
  object: StaticObject,
  report: Report,
): number | null | 'unreadable' {
  const value = member(object, key)?.value
  if (value === undefined) return null
  const number = value.kind === 'literal' ? value.value : undefined
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= longest) return number
  report.add('unreadable-auth', value.place, {
    setting: key,
    construct: `it is not a whole number from 0 to ${longest}`,
  })
  return 'unreadable'
}

/** A text that need not be there. */
export function text(key: string, object: StaticObject, report: Report): string | null | 'unreadable' {
  const value = member(object, key)?.value
  if (value === undefined) return null
  if (value.kind === 'literal' && typeof value.value === 'string') return value.value
  report.add('unreadable-auth', value.place, { setting: key, construct: `it is ${describe(value)}` })
  return 'unreadable'
}
