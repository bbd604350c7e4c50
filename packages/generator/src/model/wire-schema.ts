import type { JsonSchema } from '../analyse/facts.js'
import { isSchema, type Keywords, mapSchema, referencesOf, resolveReference } from './map-schema.js'
import { numberAlternatives } from './portable/number-alternative.js'
import type { WireSchema } from './server-model.js'

/**
 * What a tool without arguments takes. `properties` says nothing that is not
 * said without it, but some clients refuse an object that lacks it.
 */
export const NO_ARGUMENTS: WireSchema = {
  schema: { type: 'object', properties: {}, additionalProperties: false },
  wrapped: null,
}

/**
 * Gives a schema an object at its root, as MCP wants of inputs, and of outputs
 * up to 2025-11-25. Clients also refuse combinators at the root, although the
 * specification allows them, so whatever is not one plain object is wrapped.
 */
export function toWireSchema(declared: JsonSchema, side: 'input' | 'output'): WireSchema {
  const root = mergeRootObjects(withoutRootReference(declared), side)
  const isWrapped = typeof root === 'boolean' || !isPlainObject(root)
  const schema = numberAlternatives(isWrapped ? wrap(root) : root)
  return { schema: { ...schema, type: 'object' }, wrapped: isWrapped ? 'value' : null }
}

/** A schema that was written as JSON Schema stays as it is, if its root takes objects alone; else it is wrapped. */
export function rawWireSchema(declared: JsonSchema): WireSchema {
  if (typeof declared !== 'boolean' && declared.type === 'object') {
    return { schema: { ...declared, type: 'object' }, wrapped: null }
  }
  return { schema: wrap(declared), wrapped: 'value' }
}

const COMBINATORS = ['$ref', 'allOf', 'anyOf', 'else', 'if', 'not', 'oneOf', 'then', 'enum', 'const']

function isPlainObject(schema: Keywords): boolean {
  return schema.type === 'object' && COMBINATORS.every((keyword) => !(keyword in schema))
}

/** A named schema is written as a reference to a definition: the root is the definition itself. A circle has none. */
function withoutRootReference(schema: JsonSchema, followed: readonly string[] = []): JsonSchema {
  if (typeof schema === 'boolean' || typeof schema.$ref !== 'string') return schema
  const { $ref, ...rest } = schema
  const target = resolveReference(schema, $ref)
  if (target === null || typeof target === 'boolean' || $ref === '#' || followed.includes($ref)) return schema
  return withoutUnusedDefinitions(withoutRootReference({ ...target, ...rest }, [...followed, $ref]))
}

function withoutUnusedDefinitions(schema: JsonSchema): JsonSchema {
  if (typeof schema === 'boolean' || typeof schema.$defs !== 'object' || schema.$defs === null) return schema
  const { $defs, ...rest } = schema
  const used = referencesOf(schema)
  const kept = Object.entries($defs).filter(([name]) => used.some((to) => to.startsWith(`#/$defs/${name}`)))
  return kept.length === 0 ? rest : { ...rest, $defs: Object.fromEntries(kept) }
}

/**
 * An intersection of objects that do not touch each other is one object. What
 * leaves the server holds nothing besides, because nothing else is let out.
 */
function mergeRootObjects(schema: JsonSchema, side: 'input' | 'output'): JsonSchema {
  if (typeof schema === 'boolean' || !Array.isArray(schema.allOf)) return schema
  const { allOf, ...rest } = schema
  const parts = allOf.filter(isMergeable)
  const names = parts.flatMap((part) => Object.keys(part.properties))
  const isUntouched = Object.keys(rest).every((keyword) => ANNOTATIONS.includes(keyword))
  // References are paths through the schema, and its paths would change.
  if (parts.length !== allOf.length || !isUntouched || new Set(names).size !== names.length) return schema
  if (referencesOf(schema).some((to) => !to.startsWith('#/$defs/'))) return schema
  return {
    ...rest,
    type: 'object',
    properties: Object.fromEntries(parts.flatMap((part) => Object.entries(part.properties))),
    required: parts.flatMap((part) => part.required ?? []),
    ...(side === 'output' ? { additionalProperties: false } : {}),
  }
}

const ANNOTATIONS = ['title', 'description', '$defs', 'deprecated', 'examples']

interface MergeablePart {
  readonly properties: Keywords
  readonly required?: readonly string[]
}

function isMergeable(part: unknown): part is MergeablePart {
  if (!isSchema(part) || typeof part === 'boolean') return false
  const known = ['type', 'properties', 'required']
  return part.type === 'object' && isSchema(part.properties) && Object.keys(part).every((key) => known.includes(key))
}

function wrap(schema: JsonSchema): WireSchema['schema'] {
  const { $defs, ...value } = typeof schema === 'boolean' ? {} : schema
  const moved = (part: JsonSchema) => mapSchema(part, moveReference)
  return {
    type: 'object',
    properties: { value: schema === false ? false : moved(value) },
    required: ['value'],
    additionalProperties: false,
    ...(isSchema($defs) && typeof $defs !== 'boolean' ? { $defs: mapDefinitions($defs, moved) } : {}),
  }
}

function mapDefinitions(definitions: Keywords, moved: (part: JsonSchema) => JsonSchema): Keywords {
  return Object.fromEntries(
    Object.entries(definitions).map(([name, part]) => [name, isSchema(part) ? moved(part) : part]),
  )
}

/** The value moved into a property, its definitions stayed at the root. */
function moveReference(keywords: Keywords): Keywords {
  const { $ref } = keywords
  if (typeof $ref !== 'string' || !/^#(?:\/|$)/.test($ref) || $ref.startsWith('#/$defs/')) return keywords
  return { ...keywords, $ref: `#/properties/value${$ref.slice(1)}` }
}
