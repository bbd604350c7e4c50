import { type Diagnostic, diagnostic, startOf } from '../diagnostics/diagnostic.js'
import type { ItemModel } from '../model/server-model.js'
import type { Rule } from './rule.js'

/** Names that differ in capitals alone are refused too: some file systems and people cannot tell them apart. */
export const nameTaken: Rule = ({ model }) => [model.tools, model.resources, model.prompts].flatMap(takenIn)

function takenIn(items: readonly ItemModel[]): readonly Diagnostic[] {
  return items.flatMap(({ name, module }, index) => {
    const first = items.findIndex((other) => other.name.toLowerCase() === name.toLowerCase())
    const taken = items[first]
    if (taken === undefined || first === index) return []
    const related = [{ message: 'the other file is here', place: startOf(taken.module) }]
    return [diagnostic('name-taken', startOf(module), { name, other: taken.module }, related)]
  })
}
