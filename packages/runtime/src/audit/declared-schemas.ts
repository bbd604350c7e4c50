import { isRecord } from '../mcp/is-record.js'

export type Schema = Readonly<Record<string, unknown>>

/** Whether a schema marks what it is for as something that nobody is to read. */
export function isSensitive({ sensitive, writeOnly, format, 'x-sensitive': marked }: Schema): boolean {
  return sensitive === true || marked === true || writeOnly === true || format === 'password'
}

/** A schema and everything that applies to the same value: a value is as sensitive as the most sensitive of it. */
export function branches(declared: readonly unknown[], root: Schema): readonly Schema[] {
  const found = new Set<Schema>()
  const visit = (schema: unknown): void => {
    if (!isRecord(schema) || found.has(schema)) return
    found.add(schema)
    visit(referred(schema.$ref ?? schema.$dynamicRef, root))
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
      const inner = schema[keyword]
      if (Array.isArray(inner)) inner.forEach(visit)
    }
    for (const keyword of ['if', 'then', 'else']) visit(schema[keyword])
    if (isRecord(schema.dependentSchemas)) Object.values(schema.dependentSchemas).forEach(visit)
  }
  declared.forEach(visit)
  return [...found]
}

/** A JSON Pointer into the same document (RFC 6901); there are no others in a schema that was built here. */
function referred(reference: unknown, root: Schema): unknown {
  if (typeof reference !== 'string' || !reference.startsWith('#')) return undefined
  const steps = reference.slice(1).split('/').slice(1)
  return steps.reduce<unknown>((at, step) => {
    const name = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')
    return (isRecord(at) || Array.isArray(at)) && Object.hasOwn(at, name) ? at[name as keyof typeof at] : undefined
  }, root)
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
  return branches(ofNames, root).some(isSensitive)
}

/** Whether anything is sensitive in what is declared, at whatever depth. */
export function holdsSensitive(schemas: readonly Schema[], root: Schema): boolean {
  const found = new Set(schemas)
  // A set goes on with what is added to it, and has each only once.
  for (const schema of found) {
    if (isSensitive(schema)) return true
    for (const part of branches(partsOf(schema), root)) found.add(part)
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
