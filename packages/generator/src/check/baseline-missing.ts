import { diagnostic } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'

export const baselineMissing: Rule = ({ model }) => {
  const [first] = model.scopes
  if (first === undefined || model.scopes.some(({ baseline }) => baseline)) return []
  return [diagnostic('baseline-missing', first.place, {})]
}
