import { diagnostic } from '../diagnostics/diagnostic.js'
import { foldedUrl } from './folded-url.js'
import type { Rule } from './rule.js'
import { settingValue } from './setting-value.js'
import { settingsOf } from './settings.js'

/** The server that tokens are for, and the one that issues them, are found by their URLs. */
export const issuerIsResource: Rule = ({ model: { server } }) => {
  const settings = settingsOf(server)
  const resource = settings.find(({ setting }) => setting === 'resource')
  const other = resource === undefined ? undefined : settingValue(resource.value)?.text
  if (resource === undefined || other === undefined) return []
  const related = [{ message: 'the resource is here', place: resource.place }]
  return settings.flatMap(({ setting, value, place }) => {
    const text = setting === 'issuer' ? settingValue(value)?.text : undefined
    if (text === undefined || foldedUrl(text) !== foldedUrl(other)) return []
    return [diagnostic('issuer-is-resource', place, { issuer: text }, related)]
  })
}
