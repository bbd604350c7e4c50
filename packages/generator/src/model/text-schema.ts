import type { JsonSchema } from '../analyse/facts.js'
import { isSchema, resolveReference } from './map-schema.js'

/** Whether every value that a schema accepts is a text: what travels in a URI, or as an argument of a prompt. */
export function isTextSchema(schema: JsonSchema, root: JsonSchema = schema, depth = 0): boolean {
  if (typeof schema === 'boolean' || depth > 32) return false
  const { type, enum: values, anyOf, oneOf, allOf, $ref } = schema
  if (type !== undefined) return type === 'string'
  if ('const' in schema) return typeof schema.const === 'string'
  if (Array.isArray(values)) return values.every((value) => typeof value === 'string')
  const isText = (part: unknown) => isSchema(part) && isTextSchema(part, root, depth + 1)
  if (Array.isArray(allOf) && allOf.some(isText)) return true
  const branches = anyOf ?? oneOf
  if (Array.isArray(branches)) return branches.length > 0 && branches.every(isText)
  return typeof $ref === 'string' && isText(resolveReference(root, $ref))
}
