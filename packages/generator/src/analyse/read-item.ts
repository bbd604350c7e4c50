import type { Place } from '../diagnostics/diagnostic.js'
import { type ItemKind, itemName, nameOf } from '../model/item-name.js'
import type { EvaluatedItem, EvaluatedSchema } from './evaluation.js'
import type { ItemFacts, Located, SchemaFact } from './facts.js'
import { reportUnknown } from './known-properties.js'
import { readAccess } from './read-access.js'
import { readConditions } from './read-conditions.js'
import { readData } from './read-data.js'
import { readDownstream } from './read-downstream.js'
import { readText } from './read-text.js'
import type { Report } from './report.js'
import { absent, member, type StaticObject } from './static-value.js'

/** One definition, as it is written and as it is when it runs; null if the module could not be loaded. */
export interface Written<Values extends EvaluatedItem> {
  readonly kind: ItemKind
  readonly module: string
  readonly object: StaticObject
  readonly values: Values | null
}

/** What tools, resources and prompts have in common. */
export function readItem({ kind, module, object, values }: Written<EvaluatedItem>, report: Report): ItemFacts {
  const texts = values === null ? null : { ...values }
  const item = nameOf({ kind, name: itemName(module) })
  reportUnknown(object, kind, item, report)
  return {
    module,
    place: object.place,
    access: readAccess(item, object, report),
    conditions: readConditions(item, object, report),
    downstream: readDownstream(item, object, report),
    description: readText(object, 'description', texts),
    title: readText(object, 'title', texts),
    icons: readData(object, 'icons', values?.icons),
    hasHandler: hasHandler(object, kind === 'resource' ? 'read' : 'run', values),
  }
}

function hasHandler(object: StaticObject, key: 'run' | 'read', values: EvaluatedItem | null): boolean {
  return (member(object, key) !== null || absent(object) === 'unreadable') && (values?.hasHandler ?? true)
}

/** A schema that a definition holds under this key. */
export function readSchema(
  { kind, module, object, values }: Written<EvaluatedItem>,
  side: 'input' | 'output' | 'arguments',
  evaluated: EvaluatedSchema | undefined,
  report: Report,
): SchemaFact | null {
  const found = member(object, side)
  if (found === null) return null
  if (values === null) return { place: found.place, schema: null, isRaw: false }
  const outcome: EvaluatedSchema = evaluated ?? { problem: `it is undefined when the file runs` }
  if ('schema' in outcome) return { place: found.place, schema: outcome.schema, isRaw: outcome.isRaw ?? false }
  const item = nameOf({ kind, name: itemName(module) })
  reportSchema(outcome, found.place, { item, side }, report)
  return { place: found.place, schema: null, isRaw: false }
}

/** Says why a schema cannot be what clients are told. */
export function reportSchema(
  { problem, isRaw }: { readonly problem: string; readonly isRaw?: boolean },
  place: Place,
  what: { readonly item: string; readonly side: string },
  report: Report,
): void {
  report.add(isRaw ? 'schema-invalid' : 'schema-unrepresentable', place, { ...what, problem })
}

/** What a definition suggests values for, each where it says so. */
export function readCompletions(object: StaticObject, completes: readonly string[]): readonly Located<string>[] {
  const found = member(object, 'complete')
  if (found === null) return []
  const written = found.value.kind === 'object' ? found.value : null
  return completes.map((name) => ({
    value: name,
    place: (written === null ? null : member(written, name)?.place) ?? found.place,
  }))
}
