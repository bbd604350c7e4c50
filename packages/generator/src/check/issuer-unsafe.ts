import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'
import { settingValue } from './setting-value.js'
import { urlProblem } from './url-problem.js'

export const issuerUnsafe: Rule = ({ model: { server } }) => {
  if (server === null || typeof server.auth === 'string' || server.auth.value.issuer === null) return []
  const { value, place } = server.auth.value.issuer
  const known = settingValue(value)
  if (known === null) return []
  // RFC 8414 section 2: no query and no fragment. A trailing slash is the issuer's own affair.
  const problem = urlProblem(known.text, known.kind) ?? (known.text.includes('?') ? 'has a query' : null)
  return problem === null ? [] : [diagnostic('issuer-unsafe', place, { issuer: known.text, problem })]
}
