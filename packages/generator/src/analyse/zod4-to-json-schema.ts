import type { EvaluatedSchema } from './evaluation.js'
import type { JsonSchema } from './facts.js'

/** The part of a Zod 4 schema, classic or mini, that tells what it is. */
export interface Zod4Schema {
  readonly _zod: { readonly def: { readonly type: string } }
  readonly toJSONSchema?: (options: object) => JsonSchema
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
  try {
    return { schema: convert(schema, { io, target: 'draft-2020-12' }) }
  } catch (error) {
    const places = findUnrepresentable(schema, io, convert)
    const message = error instanceof Error ? error.message : String(error)
    return { problem: places.length > 0 ? places.join(', ') : message }
  }
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
  const override = ({ zodSchema, path }: { zodSchema: Zod4Schema; path: readonly (string | number)[] }) => {
    const name = NAMES[zodSchema._zod.def.type]
    if (name !== undefined) found.push(`${name} at ${path.length === 0 ? 'its root' : path.join('.')}`)
  }
  try {
    convert(schema, { io, target: 'draft-2020-12', unrepresentable: 'any', override })
  } catch {
    return []
  }
  return found
}
