import { diagnostic, startOf } from '../diagnostics/diagnostic.js'
import type { Rule } from './rule.js'

/** Names that differ in capitals alone are refused too: some file systems and people cannot tell them apart. */
export const nameTaken: Rule = ({ model }) =>
  model.tools.flatMap(({ name, module }, index) => {
    const first = model.tools.findIndex((other) => other.name.toLowerCase() === name.toLowerCase())
    const taken = model.tools[first]
    if (taken === undefined || first === index) return []
    return [diagnostic('name-taken', startOf(module), { name, other: taken.module })]
  })
