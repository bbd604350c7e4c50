import type { Keywords } from '../map-schema.js'

const STRING = ['contentEncoding', 'contentMediaType', 'contentSchema', 'format', 'maxLength', 'minLength', 'pattern']
const NUMBER = ['exclusiveMaximum', 'exclusiveMinimum', 'maximum', 'minimum', 'multipleOf']
const ARRAY = [
  'contains',
  'items',
  'maxContains',
  'maxItems',
  'minContains',
  'minItems',
  'prefixItems',
  'unevaluatedItems',
  'uniqueItems',
]
const OBJECT = [
  'additionalProperties',
  'dependentRequired',
  'dependentSchemas',
  'maxProperties',
  'minProperties',
  'patternProperties',
  'properties',
  'propertyNames',
  'required',
  'unevaluatedProperties',
]

/** The keywords that say something about values of one type, and nothing about others (2020-12, section 7.6.1). */
const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  string: STRING,
  number: NUMBER,
  integer: NUMBER,
  array: ARRAY,
  object: OBJECT,
  boolean: [],
  null: [],
}

/** Every keyword that concerns one type or another. */
export const TYPED_KEYWORDS: ReadonlySet<string> = new Set([...STRING, ...NUMBER, ...ARRAY, ...OBJECT])

/** The part of a schema that concerns values of that type. */
export function keywordsOf(type: string, keywords: Keywords): Keywords {
  const concerned = KEYWORDS[type] ?? []
  return Object.fromEntries(Object.entries(keywords).filter(([keyword]) => concerned.includes(keyword)))
}

/** The JSON type of a value. An integer is a number. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

/** Whether a value is of a type that a schema names. */
export function isOfType(value: unknown, type: string): boolean {
  return type === 'integer' ? Number.isInteger(value) : typeOf(value) === type
}

/** Keywords that describe a value without restricting it. */
const ANNOTATIONS = new Set([
  '$comment',
  'default',
  'deprecated',
  'description',
  'examples',
  'readOnly',
  'title',
  'writeOnly',
])

export function isAnnotation(keyword: string): boolean {
  return ANNOTATIONS.has(keyword) || keyword.startsWith('x-')
}
