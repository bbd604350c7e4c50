import { diagnostic } from '../diagnostics/diagnostic.js'
import { foldedUrl } from './folded-url.js'
import type { Rule } from './rule.js'
import { settingValue } from './setting-value.js'
import { settingsOf } from './settings.js'

/** One authorization server under two rules: which of them a token is judged by would be a matter of order. */
export const issuerRepeated: Rule = ({ model: { server } }) => {
  const issuers = settingsOf(server).flatMap(({ setting, value, place }) => {
    const text = setting === 'issuer' ? settingValue(value)?.text : undefined
    return text === undefined ? [] : [{ text, place }]
  })
  return issuers.flatMap(({ text, place }, index) => {
    const other = issuers.slice(0, index).find((earlier) => foldedUrl(earlier.text) === foldedUrl(text))
    if (other === undefined) return []
    const related = [{ message: 'it is accepted here already', place: other.place }]
    return [diagnostic('issuer-repeated', place, { issuer: text, other: other.text }, related)]
  })
}
