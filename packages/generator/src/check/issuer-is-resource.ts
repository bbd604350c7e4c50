import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'
import { settingValue } from './setting-value.js'
import { settingsOf } from './settings.js'

/** The server that tokens are for, and the one that issues them, are found by their URLs. */
export const issuerIsResource: Rule = ({ model: { server } }) => {
  const settings = settingsOf(server)
  const issuer = settings.find(({ setting }) => setting === 'issuer')
  const resource = settings.find(({ setting }) => setting === 'resource')
  if (issuer === undefined || resource === undefined) return []
  const text = settingValue(issuer.value)?.text
  const other = settingValue(resource.value)?.text
  if (text === undefined || other === undefined || folded(text) !== folded(other)) return []
  const related = [{ message: 'the resource is here', place: resource.place }]
  return [diagnostic('issuer-is-resource', issuer.place, { issuer: text }, related)]
}

function folded(url: string): string {
  const text = URL.canParse(url) ? new URL(url).href : url
  return text.replace(/\/$/, '')
}
