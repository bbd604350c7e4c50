import { isRecord } from '../mcp/is-record.js'
import { type Schema, schemaParts } from '../mcp/schema-parts.js'

/** Whether a schema marks what it is for as something that nobody is to read. */
export function isSensitive({ sensitive, writeOnly, format, 'x-sensitive': marked }: Schema): boolean {
  return sensitive === true || marked === true || writeOnly === true || format === 'password'
}

export function propertySchemas(schemas: readonly Schema[], name: string): readonly unknown[] {
  return schemas.flatMap(({ properties, patternProperties, additionalProperties, unevaluatedProperties }) => {
    const named = isRecord(properties) && Object.hasOwn(properties, name) ? [properties[name]] : []
    const matching = isRecord(patternProperties)
      ? Object.entries(patternProperties).flatMap(([pattern, schema]) => (matches(pattern, name) ? [schema] : []))
      : []
    const rest = named.length > 0 ? [] : [additionalProperties, unevaluatedProperties].filter(isRecord)
    return [...named, ...matching, ...rest]
  })
}

/** Longer names are held against no pattern. */
const LONGEST_NAME = 200

/** A pattern that cannot be read matches all, and a name that is too long for one: masked rather than not. */
function matches(pattern: string, name: string): boolean {
  if (name.length > LONGEST_NAME) return true
  try {
    return new RegExp(pattern, 'u').test(name)
  } catch {
    return true
  }
}

export function itemSchemas(schemas: readonly Schema[], index: number): readonly unknown[] {
  return schemas.flatMap(({ items, prefixItems, contains }) => {
    const at = Array.isArray(prefixItems) ? prefixItems[index] : undefined
    return [at ?? items, contains].filter((schema) => schema !== undefined)
  })
}

const STRUCTURES: readonly unknown[] = ['object', 'array']

function typesOf({ type }: Schema): readonly unknown[] {
  return [type].flat().filter((one) => one !== undefined)
}

/** Whether it is for an object or a list. */
export function isStructure(schema: Schema): boolean {
  return typesOf(schema).some((type) => STRUCTURES.includes(type))
}

/** Whether it is for a text, a number or the like. */
export function isScalar(schema: Schema): boolean {
  return typesOf(schema).some((type) => !STRUCTURES.includes(type)) || 'enum' in schema || 'const' in schema
}

/** Whether the names of an object are sensitive, such as the keys of a record. */
export function hasSensitiveNames(schemas: readonly Schema[], root: Schema): boolean {
  const ofNames = schemas.map(({ propertyNames }) => propertyNames)
  return schemaParts(ofNames, root).some(isSensitive)
}

/** Whether anything is sensitive in what is declared, at whatever depth. */
export function holdsSensitive(schemas: readonly Schema[], root: Schema): boolean {
  const found = new Set(schemas)
  // A set goes on with what is added to it, and has each only once.
  for (const schema of found) {
    if (isSensitive(schema)) return true
    for (const part of schemaParts(partsOf(schema), root)) found.add(part)
  }
  return false
}

function partsOf(schema: Schema): readonly unknown[] {
  const { properties, patternProperties, prefixItems } = schema
  const named = [properties, patternProperties].filter(isRecord).flatMap((parts) => Object.values(parts))
  const { additionalProperties, unevaluatedProperties, propertyNames, items, contains } = schema
  const others = [additionalProperties, unevaluatedProperties, propertyNames, items, contains]
  return [...named, ...others, ...(Array.isArray(prefixItems) ? prefixItems : [])]
}
