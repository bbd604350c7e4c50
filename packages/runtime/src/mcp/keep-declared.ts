import { isRecord } from './is-record.js'
import { type Schema, schemaParts } from './schema-parts.js'

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
    const parts = schemaParts(schemas, root)
    return value.map((item, index) => keep(item, schemasOfItem(parts, index), root))
  }
  if (!isRecord(value)) return value
  const parts = schemaParts(schemas, root)
  // Entries, not assignments: a property may be called __proto__.
  const kept = Object.entries(value).flatMap(([key, property]): [string, unknown][] => {
    const declared = schemasOfProperty(parts, key)
    return declared === undefined ? [] : [[key, keep(property, declared, root)]]
  })
  return Object.fromEntries(kept)
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

const DESCRIBING = ['type', 'enum', 'const', '$ref', '$dynamicRef', 'allOf', 'anyOf', 'oneOf', 'properties']

function schemasOfItem(parts: readonly Schema[], index: number): readonly Schema[] {
  return parts
    .map(({ prefixItems, items }) =>
      Array.isArray(prefixItems) && index < prefixItems.length ? prefixItems[index] : items,
    )
    .filter(isRecord)
}
