import { isSchema, type Keywords } from '../map-schema.js'

/** A map of keys that are known by name as an object with these properties. */
export function namedKeys(keywords: Keywords): Keywords {
  const { propertyNames, ...rest } = keywords
  if (!isSchema(propertyNames) || typeof propertyNames === 'boolean') return keywords
  const { type, enum: names, ...others } = propertyNames
  if (Object.keys(others).length > 0 || (type !== undefined && type !== 'string')) return keywords
  // Every key is a string.
  if (names === undefined) return rest
  const { properties = {}, additionalProperties = true, ...object } = rest
  if (!isNames(names) || Object.keys(properties as object).length > 0 || 'patternProperties' in rest) return keywords
  if (typeof additionalProperties === 'boolean') return keywords
  const named = Object.fromEntries(names.map((name) => [name, additionalProperties]))
  return { ...object, properties: named, additionalProperties: false }
}

function isNames(names: unknown): names is readonly string[] {
  return Array.isArray(names) && names.every((name) => typeof name === 'string')
}
