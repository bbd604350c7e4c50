import { diagnostic } from '../diagnostics/diagnostic.js'
import { issuersOf } from '../model/issuers.js'
import type { Rule } from './rule.js'
import { settingValue } from './setting-value.js'
import { urlProblem } from './url-problem.js'

export const issuerUnsafe: Rule = ({ model: { server } }) =>
  issuersOf(server).flatMap(({ value: { kind, issuer } }) => {
    const known = issuer === null ? null : settingValue(issuer.value)
    if (issuer === null || known === null) return []
    // RFC 8414 section 2: no query and no fragment.
    const problem =
      urlProblem(known.text, known.kind) ??
      (known.text.includes('?') ? 'has a query' : null) ??
      (kind === 'embedded' ? spellingProblem(known.text) : null)
    return problem === null ? [] : [diagnostic('issuer-unsafe', issuer.place, { issuer: known.text, problem })]
  })

/**
 * How another authorization server spells its own issuer, with a trailing slash
 * or in capitals, is its affair. Ours is spelt as clients that parse it would.
 */
function spellingProblem(text: string): string | null {
  if (text.endsWith('/')) return 'ends with a slash'
  const { href } = new URL(text)
  const spelt = href.replace(/\/$/, '')
  return spelt === text ? null : `is not written as clients compare it: '${spelt}'`
}
