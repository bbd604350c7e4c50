import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'
import { settingValue } from './setting-value.js'

export const secretWrittenDown: Rule = ({ model: { server } }) => {
  if (server === null || typeof server.auth === 'string' || server.auth.value.kind !== 'oidc') return []
  const { introspection } = server.auth.value
  if (introspection === null || settingValue(introspection.secret.value) === null) return []
  return [diagnostic('secret-written-down', introspection.secret.place, { setting: introspection.proof })]
}
