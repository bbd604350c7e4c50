import { diagnostic, startOf } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'

/** Names that differ in capitals alone are refused too: some file systems and people cannot tell them apart. */
export const nameTaken: Rule = ({ model }) => {
  const first = new Map<string, string>()
  return model.tools.flatMap(({ name, module }) => {
    const key = name.toLowerCase()
    const other = first.get(key)
    if (other !== undefined) return [diagnostic('name-taken', startOf(module), { name, other })]
    first.set(key, module)
    return []
  })
}
