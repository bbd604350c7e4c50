import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'
import { settingValue } from './setting-value.js'

export const secretWrittenDown: Rule = ({ model: { server } }) => {
  if (server === null || typeof server.auth === 'string' || server.auth.value.kind !== 'oidc') return []
  const secret = server.auth.value.introspection?.clientSecret
  if (secret === undefined || settingValue(secret.value) === null) return []
  return [diagnostic('secret-written-down', secret.place, { setting: 'clientSecret' })]
}
