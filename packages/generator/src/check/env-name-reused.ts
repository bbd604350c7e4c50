import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'
import { settingsOf } from './settings.js'

/** One variable for two settings: a secret that is published, or a server that is its own issuer. */
export const envNameReused: Rule = ({ model: { server } }) => {
  const settings = settingsOf(server).flatMap(({ setting, value, place }) =>
    value.kind === 'env' ? [{ setting, place, name: value.name }] : [],
  )
  return settings.flatMap(({ setting, place, name }, index) => {
    const other = settings.slice(0, index).find((earlier) => earlier.name === name)
    if (other === undefined) return []
    const related = [{ message: `${other.setting} reads it here`, place: other.place }]
    return [diagnostic('env-name-reused', place, { name, setting, other: other.setting }, related)]
  })
}
