import { isDeepStrictEqual } from 'node:util'
import type { JsonSchema } from '../analyse/facts.js'
import { isSchema } from '../model/map-schema.js'
import { type Keywords, type Narrowing, type Pair, say } from './narrowings.js'

/** The properties of an object, and the items of a list. */
export function objectProblems(pair: Pair): readonly Narrowing[] {
  return [
    ...requiredProblems(pair),
    ...propertyProblems(pair),
    ...closedProblems(pair),
    ...itemProblems(pair),
    ...['patternProperties', 'propertyNames'].flatMap((keyword) => otherProblems(pair, keyword)),
  ]
}

function requiredProblems({ before, after, path, direction }: Pair): readonly Narrowing[] {
  const was = namesOf(before.required)
  return namesOf(after.required)
    .filter((name) => !was.includes(name))
    .map((name) => ({ path: [...path, name], problem: say(direction, 'is now required', 'may be missing') }))
}

function propertyProblems({ before, after, direction, path, compare }: Pair): readonly Narrowing[] {
  const was = propertiesOf(before)
  const is = propertiesOf(after)
  return Object.entries(was).flatMap(([name, schema]) => {
    const now = own(is, name)
    if (now !== undefined) return compare(schema, now, name)
    // Whoever gets an answer reads what it knows of it: a property more breaks nobody.
    const rest = direction === 'given' ? true : undeclared(after)
    if (rest === false) return [{ path: [...path, name], problem: 'is taken no more' }]
    return compare(schema, rest, name)
  })
}

/** What else could be sent than what is declared. */
function closedProblems({ before, after, path, direction, compare }: Pair): readonly Narrowing[] {
  if (direction === 'given' || !isObject(before) || !isObject(after)) return []
  const [was, is] = [undeclared(before), undeclared(after)]
  if (is === false) return was === false ? [] : [{ path, problem: 'takes no other properties any more' }]
  return compare(was, is, '*')
}

function itemProblems({ before, after, compare }: Pair): readonly Narrowing[] {
  const was = partsOf(before.prefixItems)
  const is = partsOf(after.prefixItems)
  const inPlace = Array.from({ length: Math.max(was.length, is.length) }, (_, index) => {
    return compare(was[index] ?? restOf(before), is[index] ?? restOf(after), `[${index}]`)
  })
  return isList(before) && isList(after) ? [...inPlace.flat(), ...compare(restOf(before), restOf(after), '[]')] : []
}

function otherProblems({ before, after, path, direction }: Pair, keyword: string): readonly Narrowing[] {
  if (!(keyword in after) || isDeepStrictEqual(before[keyword], after[keyword])) return []
  return [{ path, problem: say(direction, `${keyword} of what is taken changed`, `${keyword} is kept no more`) }]
}

function isObject({ type }: Keywords): boolean {
  return type === undefined || type === 'object' || (Array.isArray(type) && type.includes('object'))
}

function isList({ type }: Keywords): boolean {
  return type === undefined || type === 'array' || (Array.isArray(type) && type.includes('array'))
}

function undeclared({ additionalProperties }: Keywords): JsonSchema {
  return isSchema(additionalProperties) ? additionalProperties : true
}

function restOf({ items }: Keywords): JsonSchema {
  return isSchema(items) ? items : true
}

function namesOf(names: unknown): readonly string[] {
  return Array.isArray(names) ? names.map(String) : []
}

function partsOf(parts: unknown): readonly JsonSchema[] {
  return Array.isArray(parts) ? parts.filter(isSchema) : []
}

function propertiesOf({ properties }: Keywords): Readonly<Record<string, JsonSchema>> {
  if (!isSchema(properties) || typeof properties === 'boolean') return {}
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, schema]) => (isSchema(schema) ? [[name, schema] as const] : [])),
  )
}

function own(record: Readonly<Record<string, JsonSchema>>, name: string): JsonSchema | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
