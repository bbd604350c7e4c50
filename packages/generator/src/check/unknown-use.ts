import { diagnostic } from '../diagnostics/diagnostic.js'
import { didYouMean } from '../diagnostics/suggest.js'
import { nameOf } from '../model/item-name.js'
import type { Rule } from './rule.js'

/** `Use` of the DSL. */
const USES = ['progress', 'logging', 'elicitation', 'sampling', 'roots', 'changes', 'polling']

export const unknownUse: Rule = ({ model }) =>
  [...model.tools, ...model.prompts].flatMap((item) =>
    (item.uses?.names ?? [])
      .filter(({ value }) => !USES.includes(value))
      .map(({ value, place }) =>
        diagnostic('unknown-use', place, { item: nameOf(item), use: value, hint: didYouMean(value, USES) }),
      ),
  )
