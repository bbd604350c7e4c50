import type { JsonSchema } from '../analyse/facts.js'

export type Keywords = { readonly [keyword: string]: unknown }

const ONE = new Set([
  'additionalItems',
  'additionalProperties',
  'contains',
  'contentSchema',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
])
const LIST = new Set(['allOf', 'anyOf', 'items', 'oneOf', 'prefixItems'])
const RECORD = new Set(['$defs', 'definitions', 'dependentSchemas', 'patternProperties', 'properties'])

/**
 * Rewrites a JSON Schema from the leaves up. It enters only where a keyword
 * holds schemas, so that a property called `$ref`, or a default that looks like
 * a schema, stays what it is.
 */
export function mapSchema(schema: JsonSchema, rewrite: (keywords: Keywords) => JsonSchema): JsonSchema {
  if (typeof schema === 'boolean') return schema
  const entries = Object.entries(schema).map(([keyword, value]): [string, unknown] => [
    keyword,
    mapKeyword(keyword, value, rewrite),
  ])
  return rewrite(Object.fromEntries(entries))
}

function mapKeyword(keyword: string, value: unknown, rewrite: (keywords: Keywords) => JsonSchema): unknown {
  if (Array.isArray(value)) {
    return LIST.has(keyword) ? value.map((item) => (isSchema(item) ? mapSchema(item, rewrite) : item)) : value
  }
  if (!isSchema(value)) return value
  if (ONE.has(keyword)) return mapSchema(value, rewrite)
  if (!RECORD.has(keyword) || typeof value === 'boolean') return value
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [
    key,
    isSchema(item) ? mapSchema(item, rewrite) : item,
  ])
  return Object.fromEntries(entries)
}

export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'boolean' || (typeof value === 'object' && value !== null && !Array.isArray(value))
}

/** Every `$ref` in a schema, in order. */
export function referencesOf(schema: JsonSchema): readonly string[] {
  const found: string[] = []
  mapSchema(schema, (keywords) => {
    for (const keyword of ['$ref', '$dynamicRef']) {
      const target = keywords[keyword]
      if (typeof target === 'string') found.push(target)
    }
    return keywords
  })
  return found
}

/** What a reference within a schema points at (RFC 6901), or null. */
export function resolveReference(root: JsonSchema, reference: string): JsonSchema | null {
  if (reference !== '#' && !reference.startsWith('#/')) return null
  let at: unknown = root
  for (const token of reference.split('/').slice(1)) {
    const key = decode(token)
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return null
    at = (at as Record<string, unknown>)[key]
  }
  return isSchema(at) ? at : null
}

function decode(token: string): string {
  try {
    return decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~')
  } catch {
    return token
  }
}

/** Where a part of a schema stands, as keywords and names from the root. */
export type SchemaPath = readonly string[]

/** Calls `visit` for a schema and every schema in it, from the root down, in the order of the source. */
export function visitSchema(
  schema: JsonSchema,
  visit: (part: JsonSchema, path: SchemaPath) => void,
  path: SchemaPath = [],
): void {
  visit(schema, path)
  if (typeof schema === 'boolean') return
  for (const [keyword, value] of Object.entries(schema)) {
    if (ONE.has(keyword) && isSchema(value)) visitSchema(value, visit, [...path, keyword])
    else if (LIST.has(keyword) && Array.isArray(value)) visitEach(value, [...path, keyword])
    else if (RECORD.has(keyword) && isSchema(value) && typeof value !== 'boolean') visitEach(value, [...path, keyword])
  }

  function visitEach(parts: object, at: SchemaPath): void {
    for (const [name, part] of Object.entries(parts)) if (isSchema(part)) visitSchema(part, visit, [...at, name])
  }
}

/** A path as people say it: `notes[].author`, without the keywords on the way. */
export function placeInSchema(path: SchemaPath): string {
  let place = ''
  for (let index = 0; index < path.length; index++) {
    const keyword = path[index] as string
    const isNamed = LIST.has(keyword) || RECORD.has(keyword)
    const name = isNamed ? path[index + 1] : undefined
    if (keyword === 'properties' && name !== undefined) place += place === '' ? name : `.${name}`
    else if (keyword === 'additionalProperties' || keyword === 'patternProperties') place += '.*'
    else if (keyword === 'items' || keyword === 'contains') place += '[]'
    else if (keyword === 'prefixItems' && name !== undefined) place += `[${name}]`
    else if (keyword === '$defs' && name !== undefined) place += `$defs/${name}`
    if (name !== undefined) index++
  }
  return place === '' ? 'its root' : place
}
