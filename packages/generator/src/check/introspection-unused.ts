import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'

/** A JWT is verified with the issuer's keys, and never asked about as a second try. */
export const introspectionUnused: Rule = ({ model: { server } }) => {
  if (server === null || typeof server.auth === 'string') return []
  const { value: auth } = server.auth
  if (auth.kind !== 'oidc' || auth.tokens !== 'jwt' || auth.introspection === null) return []
  return [diagnostic('introspection-unused', (auth.introspection.clientId ?? auth.introspection.secret).place, {})]
}
