import { diagnostic } from '../diagnostics/diagnostic.js'
import { issuersOf } from '../model/issuers.js'
import type { Rule } from './rule.js'

/** A JWT is verified with the issuer's keys, and never asked about as a second try. */
export const introspectionUnused: Rule = ({ model: { server } }) =>
  issuersOf(server).flatMap(({ value: auth }) => {
    if (auth.kind !== 'oidc' || auth.tokens !== 'jwt' || auth.introspection === null) return []
    return [diagnostic('introspection-unused', (auth.introspection.clientId ?? auth.introspection.secret).place, {})]
  })
