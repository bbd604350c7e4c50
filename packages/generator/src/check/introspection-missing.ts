import { diagnostic } from '../diagnostics/diagnostic.js'
import { issuersOf } from '../model/issuers.js'
import type { Rule } from './rule.js'

export const introspectionMissing: Rule = ({ model: { server } }) =>
  issuersOf(server).flatMap(({ value: auth, place }) => {
    const isMissing = auth.kind === 'oidc' && auth.tokens === 'opaque' && auth.introspection === null
    return isMissing ? [diagnostic('introspection-missing', place, {})] : []
  })
