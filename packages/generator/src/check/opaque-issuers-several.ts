import { diagnostic } from '../diagnostics/diagnostic.js'
import { issuersOf, issuesOpaque } from '../model/issuers.js'
import type { Rule } from './rule.js'

/** An opaque token does not say whose it is: it would be shown to each of these until one knows it. */
export const opaqueIssuersSeveral: Rule = ({ model: { server } }) => {
  const [first, ...others] = issuersOf(server).filter(({ value }) => issuesOpaque(value))
  if (first === undefined) return []
  const related = [{ message: 'the first one is here', place: first.place }]
  return others.map(({ place }) => diagnostic('opaque-issuers-several', place, {}, related))
}
