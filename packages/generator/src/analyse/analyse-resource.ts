import { itemName } from '../model/item-name.js'
import type { Evaluated, EvaluatedResource } from './evaluation.js'
import type { Fact, ResourceFacts, SubscribeFact, VariableFact } from './facts.js'
import { readCompletions, readItem, reportSchema } from './read-item.js'
import { readText } from './read-text.js'
import type { Report } from './report.js'
import { absent, describe, member, type StaticObject } from './static-value.js'

export function resourceFacts(
  module: string,
  object: StaticObject,
  evaluated: Evaluated | undefined,
  report: Report,
): ResourceFacts {
  const values = evaluated?.kind === 'resource' ? evaluated.value : null
  return {
    ...readItem({ kind: 'resource', module, object, values }, report),
    uri: readUri(module, object, report),
    mimeType: readText(object, 'mimeType', values === null ? null : { ...values }),
    variables: values === null ? null : variableFacts(module, object, values, report),
    list: member(object, 'list')?.place ?? null,
    subscribe: readSubscribe(object, values),
    completes: readCompletions(object, values?.completes ?? []),
  }
}

/** Which URIs a rule is for is part of the rule: it is read from the source, like the scopes. */
function readUri(module: string, object: StaticObject, report: Report): Fact<string> {
  const found = member(object, 'uri')
  if (found === null) return absent(object)
  const { value } = found
  if (value.kind === 'literal' && typeof value.value === 'string') return { value: value.value, place: value.place }
  const construct = `it is ${describe(value)}`
  report.add('unreadable-uri', value.place, { resource: itemName(module), construct })
  return 'unreadable'
}

/** What runs decides who is told, so the module says what it is; the source says where. */
function readSubscribe(object: StaticObject, values: EvaluatedResource | null): SubscribeFact | null {
  const found = member(object, 'subscribe')
  return found === null ? null : { place: found.place, asks: values === null || values.subscribes === 'function' }
}

function variableFacts(
  module: string,
  object: StaticObject,
  { variables }: EvaluatedResource,
  report: Report,
): readonly VariableFact[] {
  const found = member(object, 'variables')
  if (found === null) return []
  const written = found.value.kind === 'object' ? found.value : null
  return variables.map(({ name, outcome }) => {
    const place = (written === null ? null : member(written, name)?.place) ?? found.place
    if ('schema' in outcome) return { name, place, schema: outcome.schema, isRaw: outcome.isRaw ?? false }
    const item = `resource '${itemName(module)}'`
    const side = `variable '${name}'`
    reportSchema(outcome, place, { item, side }, report)
    return { name, place, schema: null, isRaw: false }
  })
}
