import { itemName, nameOf } from '../model/item-name.js'
import type { Evaluated } from './evaluation.js'
import type { PromptFacts } from './facts.js'
import { readCompletions, readItem, readSchema } from './read-item.js'
import { readUses } from './read-uses.js'
import type { Report } from './report.js'
import type { StaticObject } from './static-value.js'

export function promptFacts(
  module: string,
  object: StaticObject,
  evaluated: Evaluated | undefined,
  report: Report,
): PromptFacts {
  const values = evaluated?.kind === 'prompt' ? evaluated.value : null
  const written = { kind: 'prompt', module, object, values } as const
  return {
    ...readItem(written, report),
    uses: readUses(nameOf({ kind: 'prompt', name: itemName(module) }), object, report),
    arguments: readSchema(written, 'arguments', values?.arguments, report),
    completes: readCompletions(object, values?.completes ?? []),
  }
}
