import { mapSchema, resolveReference } from '../model/map-schema.js'
import type { EvaluatedSchema } from './evaluation.js'
import type { JsonSchema } from './facts.js'
import { flagsThatMatter } from './regular-expression.js'

/** The part of a Zod 4 schema, classic or mini, that tells what it is. */
export interface Zod4Schema {
  readonly _zod: { readonly def: { readonly type: string; readonly checks?: readonly Zod4Check[] } }
  readonly toJSONSchema?: (options: object) => JsonSchema
}

interface Zod4Check {
  readonly _zod: { readonly def: { readonly format?: string; readonly pattern?: RegExp } }
}

/** `toJSONSchema` of the copy of Zod that made the schema. */
export type ToJsonSchema = (schema: Zod4Schema, options: object) => JsonSchema

export function isZod4(schema: object): schema is Zod4Schema {
  return '_zod' in schema
}

/**
 * Converts a Zod 4 schema by the code of its own copy of Zod: another copy keeps
 * other registries, so `.meta()` and ids would be lost.
 */
export function zod4ToJsonSchema(
  schema: Zod4Schema,
  io: 'input' | 'output',
  toJsonSchema: ToJsonSchema,
): EvaluatedSchema {
  const convert: ToJsonSchema = (one, options) => one.toJSONSchema?.(options) ?? toJsonSchema(one, options)
  const lost: string[] = []
  const override = ({ zodSchema, jsonSchema, path }: Visited) => {
    const loss = lossOf(zodSchema, jsonSchema)
    if (loss !== null) lost.push(`${loss} at ${placeOf(path)}`)
    // It is about the type of the parsed value; clients would read that they cannot set it.
    if (zodSchema._zod.def.type === 'readonly') delete jsonSchema.readOnly
  }
  try {
    const converted = convert(schema, { io, target: 'draft-2020-12', override })
    return lost.length > 0 ? { problem: lost.join(', ') } : { schema: openParts(converted) }
  } catch (error) {
    const places = findUnrepresentable(schema, io, convert)
    return { problem: places.length > 0 ? places.join(', ') : messageOf(error) }
  }
}

/** What an `override` is told of each schema. */
interface Visited {
  readonly zodSchema: Zod4Schema
  readonly jsonSchema: { [keyword: string]: unknown }
  readonly path: readonly (string | number)[]
}

function placeOf(path: Visited['path']): string {
  return path.length === 0 ? 'its root' : path.join('.')
}

/** What Zod leaves out, or writes as null or as something that no JSON is, without a word. */
function lossOf(schema: Zod4Schema, written: Visited['jsonSchema']): string | null {
  // It writes a text, and takes an object of a class that no client can send.
  if (schema._zod.def.type === 'file') return 'a file'
  for (const check of schema._zod.def.checks ?? []) {
    const { format, pattern } = check._zod.def
    // Only what the user wrote: Zod knows how to say its own formats.
    const flags = format === 'regex' && pattern !== undefined ? flagsThatMatter(pattern) : null
    if (flags !== null) return `a regular expression with the flag ${flags}`
  }
  const infinite = Object.values(written).find((value) => typeof value === 'number' && !Number.isFinite(value))
  return infinite === undefined ? null : String(infinite)
}

/**
 * A part of an intersection that allows no other properties would refuse those
 * of its neighbours. Zod opens the parts that it writes in place, and forgets
 * those that have an id.
 */
function openParts(root: JsonSchema): JsonSchema {
  return mapSchema(root, (keywords) => {
    const { allOf, ...rest } = keywords
    return Array.isArray(allOf) ? { allOf: allOf.map((part) => openPart(root, part as JsonSchema)), ...rest } : keywords
  })
}

function openPart(root: JsonSchema, part: JsonSchema): JsonSchema {
  if (typeof part === 'boolean') return part
  const target = typeof part.$ref === 'string' ? resolveReference(root, part.$ref) : part
  if (target === null || typeof target === 'boolean' || target.additionalProperties !== false) return part
  const { additionalProperties: _closed, id: _id, ...open } = target
  return open
}

/** Zod trips over what is not its own, and says so in words of its own insides. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const isForeign = error instanceof TypeError || message.includes('Non-representable type encountered')
  return isForeign ? 'it holds a schema of another library, or of another copy or flavour of Zod' : message
}

const NAMES: Readonly<Record<string, string>> = {
  bigint: 'a bigint',
  custom: 'a custom type',
  date: 'a date',
  function: 'a function',
  map: 'a map',
  nan: 'NaN',
  promise: 'a promise',
  set: 'a set',
  symbol: 'a symbol',
  transform: 'the result of a transform',
  undefined: 'undefined',
  void: 'void',
}

/** Zod names what it cannot say, but not where: a second, lenient pass finds the places. */
function findUnrepresentable(schema: Zod4Schema, io: 'input' | 'output', convert: ToJsonSchema): readonly string[] {
  const found: string[] = []
  const override = ({ zodSchema, path }: Visited) => {
    const name = NAMES[zodSchema._zod.def.type]
    if (name !== undefined) found.push(`${name} at ${placeOf(path)}`)
  }
  try {
    convert(schema, { io, target: 'draft-2020-12', unrepresentable: 'any', override })
  } catch {
    return []
  }
  // The same schema may be visited for several properties of one name, or more than once.
  return [...new Set(found)]
}
