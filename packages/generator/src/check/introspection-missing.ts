import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'

export const introspectionMissing: Rule = ({ model: { server } }) => {
  if (server === null || typeof server.auth === 'string') return []
  const { value: auth, place } = server.auth
  const isMissing = auth.kind === 'oidc' && auth.tokens === 'opaque' && auth.introspection === null
  return isMissing ? [diagnostic('introspection-missing', place, {})] : []
}
