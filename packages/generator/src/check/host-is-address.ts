import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'
import { settingValue } from './setting-value.js'
import { settingsOf } from './settings.js'
import { isAtAddress, urlProblem } from './url-problem.js'

/** Tokens are bound to the resource, and trust to the issuer: neither should belong to whoever gets the address next. */
export const hostIsAddress: Rule = ({ model: { server } }) =>
  settingsOf(server).flatMap(({ setting, value, place }) => {
    const known = setting === 'resource' || setting === 'issuer' ? settingValue(value) : null
    // A URL that is refused has to change anyway.
    if (known === null || urlProblem(known.text, known.kind) !== null || !isAtAddress(known.text)) return []
    return [diagnostic('host-is-address', place, { setting, url: known.text })]
  })
