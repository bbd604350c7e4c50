import { isSchema, type Keywords } from '../map-schema.js'

/** "Exactly one of" alternatives that exclude each other anyway, as "any of" them. */
export function disjointUnion(keywords: Keywords): Keywords {
  const { oneOf, ...rest } = keywords
  if (!Array.isArray(oneOf) || 'anyOf' in rest) return keywords
  const alternatives = oneOf.filter((part): part is Keywords => isSchema(part) && typeof part !== 'boolean')
  if (alternatives.length !== oneOf.length) return keywords
  return haveDifferentTypes(alternatives) || haveDiscriminator(alternatives) ? { ...rest, anyOf: oneOf } : keywords
}

function haveDifferentTypes(alternatives: readonly Keywords[]): boolean {
  const types = alternatives.map(({ type }) => (type === 'integer' ? 'number' : type))
  return types.every((type) => typeof type === 'string') && areDifferent(types)
}

/** Whether a property that all require has another value in each. */
function haveDiscriminator(alternatives: readonly Keywords[]): boolean {
  const [first] = alternatives
  if (first === undefined || !isSchema(first.properties)) return false
  return Object.keys(first.properties).some((name) => {
    const values = alternatives.map((alternative) => valuesOf(alternative, name))
    return values.every((list) => list.length > 0) && areDifferent(values.flat())
  })
}

function valuesOf({ type, properties, required }: Keywords, name: string): readonly unknown[] {
  if (type !== 'object' || !isSchema(properties) || typeof properties === 'boolean') return []
  const property = Object.hasOwn(properties, name) ? properties[name] : undefined
  if (!Array.isArray(required) || !required.includes(name) || !isSchema(property)) return []
  if (typeof property === 'boolean') return []
  if (property.type === 'null') return [null]
  const { enum: values } = property
  return Array.isArray(values) && values.every((value) => typeof value !== 'object' || value === null) ? values : []
}

function areDifferent(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length
}
