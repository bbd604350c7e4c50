import { diagnostic } from '../diagnostics/diagnostic.js'
import { issuersOf } from '../model/issuers.js'
import type { Rule } from './rule.js'
import { settingValue } from './setting-value.js'

export const secretWrittenDown: Rule = ({ model: { server } }) =>
  issuersOf(server).flatMap(({ value: auth }) => {
    const introspection = auth.kind === 'oidc' ? auth.introspection : null
    if (introspection === null || settingValue(introspection.secret.value) === null) return []
    return [diagnostic('secret-written-down', introspection.secret.place, { setting: introspection.proof })]
  })
