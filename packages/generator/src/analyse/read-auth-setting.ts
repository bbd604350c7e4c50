import type { Located, SettingFact } from './facts.js'
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
