import { isRecord } from './is-record.js'

type Schema = Readonly<Record<string, unknown>>

/**
 * A JSON value with nothing in it that its schema does not name, at every
 * depth: properties that no part of the schema declares are left out. It drops,
 * and judges nothing: of a value that fits several alternatives it keeps what
 * any of them names. Where the schema says nothing, nothing is let through.
 */
export function keepDeclared(value: unknown, schema: Schema): unknown {
  return keep(value, [schema], schema)
}

function keep(value: unknown, schemas: readonly Schema[], root: Schema): unknown {
  if (Array.isArray(value)) {
    const parts = partsOf(schemas, root)
    return value.map((item, index) => keep(item, schemasOfItem(parts, index), root))
  }
  if (!isRecord(value)) return value
  const parts = partsOf(schemas, root)
  // Entries, not assignments: a property may be called __proto__.
  const kept = Object.entries(value).flatMap(([key, property]): [string, unknown][] => {
    const declared = schemasOfProperty(parts, key)
    return declared === undefined ? [] : [[key, keep(property, declared, root)]]
  })
  return Object.fromEntries(kept)
}

const LISTS = ['allOf', 'anyOf', 'oneOf'] as const
const SINGLE = ['if', 'then', 'else'] as const

/** The schemas with everything that they are put together of: what they refer to, and their alternatives. */
function partsOf(schemas: readonly Schema[], root: Schema): readonly Schema[] {
  const found = new Set<Schema>()
  const left: unknown[] = [...schemas]
  while (left.length > 0) {
    const part = left.pop()
    if (!isRecord(part) || found.has(part)) continue
    found.add(part)
    if (typeof part.$ref === 'string') left.push(resolve(root, part.$ref))
    for (const keyword of LISTS) if (Array.isArray(part[keyword])) left.push(...part[keyword])
    for (const keyword of SINGLE) left.push(part[keyword])
    if (isRecord(part.dependentSchemas)) left.push(...Object.values(part.dependentSchemas))
  }
  return [...found]
}

/** What the parts say of a property; undefined if none of them knows it. */
function schemasOfProperty(parts: readonly Schema[], key: string): readonly Schema[] | undefined {
  const said = parts.flatMap((part) => propertyIn(part, key)).filter((schema) => schema !== false)
  return said.length === 0 ? undefined : said.filter(isRecord)
}

function propertyIn({ properties, patternProperties, additionalProperties }: Schema, key: string): readonly unknown[] {
  if (isRecord(properties) && Object.hasOwn(properties, key)) return [properties[key]]
  const patterns = isRecord(patternProperties) ? Object.entries(patternProperties) : []
  const matching = patterns.filter(([pattern]) => new RegExp(pattern, 'u').test(key))
  if (matching.length > 0) return matching.map(([, schema]) => schema)
  // What takes any value describes none: it opens an input, and never an output.
  return isRecord(additionalProperties) && DESCRIBING.some((keyword) => keyword in additionalProperties)
    ? [additionalProperties]
    : []
}

const DESCRIBING = ['type', 'enum', 'const', '$ref', 'allOf', 'anyOf', 'oneOf', 'properties']

function schemasOfItem(parts: readonly Schema[], index: number): readonly Schema[] {
  return parts
    .map(({ prefixItems, items }) =>
      Array.isArray(prefixItems) && index < prefixItems.length ? prefixItems[index] : items,
    )
    .filter(isRecord)
}

/** RFC 6901. The compiler has made sure that every reference leads somewhere. */
function resolve(root: Schema, reference: string): unknown {
  let at: unknown = root
  for (const token of reference.split('/').slice(1)) {
    const key = decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~')
    at = Array.isArray(at) ? at[Number(key)] : isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined
  }
  return at
}
