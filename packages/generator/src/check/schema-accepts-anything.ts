import type { JsonSchema } from '../analyse/facts.js'
import { diagnostic } from '../diagnostics/diagnostic.js'
import { isSchema, resolveReference } from '../model/map-schema.js'
import { declaredSchemas } from './declared-schemas.js'
import type { Rule } from './rule.js'

export const schemaAcceptsAnything: Rule = ({ model }) =>
  declaredSchemas(model)
    .filter(({ schema: { declared } }) => declared !== null && acceptsAnything(declared, declared))
    .map(({ item, side, schema }) => diagnostic('schema-accepts-anything', schema.place, { item, side }))

/** Keywords that describe a value without restricting it. */
const ANNOTATIONS = new Set([
  '$comment',
  '$defs',
  '$id',
  '$schema',
  'default',
  'definitions',
  'deprecated',
  'description',
  'examples',
  'id',
  'readOnly',
  'sensitive',
  'title',
  'writeOnly',
  'x-sensitive',
])

/** Whether a schema, of which `root` is the whole, restricts nothing. */
export function acceptsAnything(schema: JsonSchema, root: JsonSchema, depth = 0): boolean {
  if (typeof schema === 'boolean') return schema
  const restricting = Object.entries(schema).filter(([keyword]) => !ANNOTATIONS.has(keyword))
  // References that go round in a circle restrict nothing.
  if (depth > 32) return true
  return isAnyObject(schema, root, depth) || restricting.every(([keyword, value]) => allows(keyword, value))

  function allows(keyword: string, value: unknown): boolean {
    const inner = (part: unknown) => isSchema(part) && acceptsAnything(part, root, depth + 1)
    if (keyword === 'anyOf' || keyword === 'oneOf') return Array.isArray(value) && value.some(inner)
    if (keyword === 'allOf') return Array.isArray(value) && value.every(inner)
    if (keyword !== '$ref' || typeof value !== 'string') return false
    const target = resolveReference(root, value)
    return target !== null && inner(target)
  }
}

/**
 * An object with no named properties that lets every property through. Without
 * `additionalProperties`, Zod drops what it does not know: that is no opening.
 */
function isAnyObject(schema: Exclude<JsonSchema, boolean>, root: JsonSchema, depth: number): boolean {
  const { type, properties = {}, additionalProperties, propertyNames = {} } = schema
  if (type !== 'object' || !isSchema(additionalProperties) || !acceptsAnything(additionalProperties, root, depth + 1)) {
    return false
  }
  const isFree = Object.keys(properties as object).length === 0 && isAnyString(propertyNames)
  return (
    isFree &&
    ['required', 'patternProperties', 'minProperties', 'allOf', 'anyOf', 'oneOf'].every((key) => !(key in schema))
  )
}

function isAnyString(schema: unknown): boolean {
  return (
    isSchema(schema) &&
    (schema === true || Object.entries(schema).every(([key, value]) => key === 'type' && value === 'string'))
  )
}
