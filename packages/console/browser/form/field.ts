export type Schema = Readonly<Record<string, unknown>>

/** What a form shows for one place of a JSON Schema. */
export type Field = Labels & Shape

export type Shape =
  | { readonly kind: 'text'; readonly multiline: boolean; readonly rules: TextRules }
  | { readonly kind: 'number'; readonly integer: boolean; readonly rules: NumberRules }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'choice'; readonly values: readonly unknown[] }
  | { readonly kind: 'list'; readonly items: Field }
  | { readonly kind: 'group'; readonly members: readonly Member[] }
  | { readonly kind: 'variants'; readonly variants: readonly Field[] }
  /** Whatever has no better form is written as JSON. */
  | { readonly kind: 'json' }

export interface Labels {
  readonly label: string
  readonly description: string | undefined
  readonly initial: unknown
}

export interface Member {
  readonly name: string
  readonly required: boolean
  readonly field: Field
}

export interface TextRules {
  readonly minLength: number | undefined
  readonly maxLength: number | undefined
  readonly pattern: string | undefined
  readonly format: string | undefined
}

export interface NumberRules {
  readonly minimum: number | undefined
  readonly maximum: number | undefined
  readonly above: number | undefined
  readonly below: number | undefined
}

/** Longer texts than this get more than one line. */
const LONG = 200
/** A schema that refers to itself ends somewhere. */
const DEEPEST = 6

/** The form of an input schema; of none, a form without fields. */
export function fieldOf(root: Schema | null): Field {
  return read(root ?? { type: 'object' }, '', { root: root ?? {}, depth: 0 })
}

interface Place {
  readonly root: Schema
  readonly depth: number
}

function read(given: unknown, name: string, place: Place): Field {
  const schema = resolve(given, place.root)
  const label = text(schema?.title) ?? name
  const labels: Labels = { label, description: text(schema?.description), initial: schema?.default }
  if (!schema || place.depth > DEEPEST) return { ...labels, kind: 'json' }
  const inner = { ...place, depth: place.depth + 1 }
  if ('const' in schema) return { ...labels, kind: 'choice', values: [schema.const], initial: schema.const }
  if (Array.isArray(schema.enum)) return { ...labels, kind: 'choice', values: schema.enum }
  const variants = variantsOf(schema)
  if (variants) return { ...labels, kind: 'variants', variants: variants.map((one, at) => variant(one, at, inner)) }
  return { ...labels, ...ofType(schema, inner) }
}

function ofType(schema: Schema, place: Place): Shape {
  switch (schema.type ?? ('properties' in schema ? 'object' : undefined)) {
    case 'string':
      return { kind: 'text', multiline: isLong(schema), rules: textRules(schema) }
    case 'number':
    case 'integer':
      return { kind: 'number', integer: schema.type === 'integer', rules: numberRules(schema) }
    case 'boolean':
      return { kind: 'boolean' }
    case 'null':
      return { kind: 'choice', values: [null] }
    case 'array':
      // In a tuple each place has a schema of its own.
      return isSchema(schema.items) && schema.prefixItems === undefined
        ? { kind: 'list', items: read(schema.items, 'Item', place) }
        : { kind: 'json' }
    case 'object':
      return group(schema, place)
    default:
      return { kind: 'json' }
  }
}

function group(schema: Schema, place: Place): Shape {
  const properties = isSchema(schema.properties) ? schema.properties : {}
  // Names of the caller's own choosing have no field of their own.
  if (Object.keys(properties).length === 0 && isSchema(schema.additionalProperties)) return { kind: 'json' }
  const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : []
  const members = Object.entries(properties).map(([name, property]) => ({
    name,
    required: required.includes(name),
    field: read(property, name, place),
  }))
  return { kind: 'group', members }
}

function variantsOf(schema: Schema): readonly unknown[] | undefined {
  const { anyOf, oneOf, type } = schema
  if (Array.isArray(anyOf)) return anyOf
  if (Array.isArray(oneOf)) return oneOf
  return Array.isArray(type) ? type.map((one: unknown) => ({ ...schema, type: one, title: undefined })) : undefined
}

/** A name by which a person tells a variant from the others. */
function variant(schema: unknown, index: number, place: Place): Field {
  const resolved = resolve(schema, place.root)
  const field = read(schema, '', place)
  return { ...field, label: text(resolved?.title) ?? told(resolved) ?? `Variant ${index + 1}` }
}

function told(schema: Schema | undefined): string | undefined {
  if (!schema) return undefined
  const only = onlyValue(schema)
  if (only) return JSON.stringify(only.value)
  const properties = isSchema(schema.properties) ? Object.entries(schema.properties) : []
  for (const [name, property] of properties) {
    const fixed = isSchema(property) ? onlyValue(property) : undefined
    if (fixed) return `${name}: ${JSON.stringify(fixed.value)}`
  }
  if (properties.length > 0) return `With ${properties.map(([name]) => name).join(', ')}`
  return text(schema.type)
}

/** Clients that know no `const` are told an `enum` of one value. */
function onlyValue(schema: Schema): { readonly value: unknown } | undefined {
  if ('const' in schema) return { value: schema.const }
  return Array.isArray(schema.enum) && schema.enum.length === 1 ? { value: schema.enum[0] } : undefined
}

/** Follows references within the schema; anything else has no form. */
function resolve(given: unknown, root: Schema): Schema | undefined {
  let schema = given
  for (let steps = 0; steps < 20 && isSchema(schema); steps += 1) {
    if (typeof schema.$ref !== 'string') return schema
    schema = schema.$ref.startsWith('#') ? at(root, schema.$ref.slice(1)) : undefined
  }
  return undefined
}

/** RFC 6901. */
function at(root: Schema, pointer: string): unknown {
  let value: unknown = root
  for (const part of pointer.split('/').slice(1)) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
    value = isSchema(value) && Object.hasOwn(value, key) ? value[key] : undefined
  }
  return value
}

function isLong(schema: Schema): boolean {
  const { maxLength, format } = schema
  return format === undefined && typeof maxLength === 'number' && maxLength > LONG
}

function textRules({ minLength, maxLength, pattern, format }: Schema): TextRules {
  return { minLength: number(minLength), maxLength: number(maxLength), pattern: text(pattern), format: text(format) }
}

function numberRules({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): NumberRules {
  return {
    minimum: number(minimum),
    maximum: number(maximum),
    above: number(exclusiveMinimum),
    below: number(exclusiveMaximum),
  }
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function number(value: unknown): number | undefined {
  // What zod writes for "any safe integer" says nothing to a person.
  return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined
}
