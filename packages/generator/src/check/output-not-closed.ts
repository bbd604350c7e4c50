import { isDeepStrictEqual } from 'node:util'
import type { JsonSchema } from '../analyse/facts.js'
import { diagnostic } from '../diagnostics/diagnostic.js'
import { isSchema, type Keywords, placeInSchema, type SchemaPath, visitSchema } from '../model/map-schema.js'
import { declaredSchemas } from './declared-schemas.js'
import type { Rule } from './rule.js'
import { acceptsAnything } from './schema-accepts-anything.js'

/** What leaves the server is what the output schema names, at every depth. */
export const outputNotClosed: Rule = ({ model }) =>
  declaredSchemas(model).flatMap(({ item, side, schema: { declared, wire, place } }) =>
    side !== 'output' || declared === null || acceptsAnything(declared, declared)
      ? []
      : openings(wire.schema).map((problem) => diagnostic('output-not-closed', place, { item, problem })),
  )

function openings(schema: JsonSchema): readonly string[] {
  const found: string[] = []
  visitSchema(schema, (part, path) => {
    const opening = isCondition(path) ? null : openingOf(part, path)
    if (opening !== null) found.push(`${opening} at ${placeInSchema(path)}`)
  })
  return found
}

/** Parts that decide, but describe no value. */
function isCondition(path: SchemaPath): boolean {
  return path.some((step) => ['if', 'not', 'propertyNames', 'contains'].includes(step))
}

function openingOf(part: JsonSchema, path: SchemaPath): string | null {
  // Said of the object that holds it.
  if (part === false || path.at(-1) === 'additionalProperties') return null
  if (part === true || isAnything(part, path) || isAnyJson(part)) return 'takes any value'
  if (isOpenArray(part)) return 'takes any item'
  const { type, properties, additionalProperties } = part
  const mayBeObject = type === 'object' || (Array.isArray(type) && type.includes('object')) || isSchema(properties)
  if (!mayBeObject || additionalProperties === false || part.unevaluatedProperties === false) return null
  // A part of an intersection leaves room for what its neighbours name.
  if (additionalProperties === undefined && path.at(-2) === 'allOf') return null
  if (!isSchema(additionalProperties) || isAny(additionalProperties)) return 'takes any property'
  const isNamed = isSchema(properties) && Object.keys(properties).length > 0
  return isNamed ? 'takes other properties besides those that it names' : null
}

function isOpenArray({ type, items, unevaluatedItems, prefixItems, maxItems }: Keywords): boolean {
  if (type !== 'array' || items !== undefined || unevaluatedItems === false) return false
  const places = Array.isArray(prefixItems) ? prefixItems.length : 0
  return !(typeof maxItems === 'number' && maxItems <= places)
}

const DESCRIBING = ['type', 'enum', 'const', '$ref', '$dynamicRef', 'anyOf', 'oneOf', 'allOf', 'if', 'not']

function isAnything(part: Keywords, path: SchemaPath): boolean {
  // What stands beside `allOf` may restrict a value that is described elsewhere.
  if (path.includes('allOf') || ['then', 'else', 'dependentSchemas'].some((step) => path.includes(step))) return false
  return !isSchema(part.properties) && DESCRIBING.every((keyword) => !(keyword in part))
}

const SCALARS = ['string', 'number', 'boolean', 'null'].map((type) => ({ type }))

/** Any scalar, a list, or a map with keys of any name: `z.json()`, whose parts lead back to itself. */
function isAnyJson({ anyOf }: Keywords): boolean {
  if (!Array.isArray(anyOf)) return false
  const has = (test: (part: Keywords) => boolean) =>
    anyOf.some((part) => isSchema(part) && part !== true && part !== false && test(part))
  const hasAllScalars = SCALARS.every((scalar) => has((part) => isDeepStrictEqual(part, scalar)))
  return (
    hasAllScalars &&
    has(({ type }) => type === 'array') &&
    has((part) => isSchema(part.additionalProperties) && part.additionalProperties !== false)
  )
}

function isAny(schema: JsonSchema): boolean {
  return schema === true || (typeof schema !== 'boolean' && isAnything(schema, []))
}
