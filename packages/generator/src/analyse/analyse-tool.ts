import { itemName, nameOf } from '../model/item-name.js'
import type { Evaluated } from './evaluation.js'
import type { ToolFacts } from './facts.js'
import { readAudit } from './read-audit.js'
import { readData } from './read-data.js'
import { readItem, readSchema } from './read-item.js'
import { readLimits } from './read-limits.js'
import { readUses } from './read-uses.js'
import type { Report } from './report.js'
import { member, type StaticObject, type StaticValue } from './static-value.js'

export function toolFacts(
  module: string,
  object: StaticObject,
  evaluated: Evaluated | undefined,
  report: Report,
): ToolFacts {
  const values = evaluated?.kind === 'tool' ? evaluated.value : null
  const written = { kind: 'tool', module, object, values } as const
  const annotations = member(object, 'annotations')
  const name = itemName(module)
  return {
    ...readItem(written, report),
    uses: readUses(nameOf({ kind: 'tool', name }), object, report),
    metadata: readData(object, '_meta', values?.metadata),
    annotations:
      annotations === null
        ? null
        : { value: values?.annotations ?? hintsAsWritten(annotations.value), place: annotations.place },
    limits: readLimits(nameOf({ kind: 'tool', name }), object, report),
    auditsArguments: readAudit(name, object, report),
    input: readSchema(written, 'input', values?.input, report),
    output: readSchema(written, 'output', values?.output, report),
  }
}

/** What the source says of a tool whose file could not be loaded, which was reported. */
function hintsAsWritten(value: StaticValue): Readonly<Record<string, unknown>> {
  const members = value.kind === 'object' ? value.members : []
  return Object.fromEntries(members.flatMap(({ key, value }) => (value.kind === 'literal' ? [[key, value.value]] : [])))
}
