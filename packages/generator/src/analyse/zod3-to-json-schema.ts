import { createRequire } from 'node:module'
import { fromDraft07 } from './draft-07.js'
import type { EvaluatedSchema } from './evaluation.js'
import type { JsonSchema } from './facts.js'
import { flagsThatMatter } from './regular-expression.js'

/** The part of a Zod 3 schema that tells what it is. */
export interface Zod3Schema {
  readonly _def: Zod3Definition
}

interface Zod3Definition {
  readonly typeName: string
  readonly coerce?: boolean
  /** Of a ZodLiteral. */
  readonly value?: unknown
  readonly effect?: { readonly type: string }
  /** Of a ZodEffects: what is refined or transformed. */
  readonly schema?: Zod3Schema
  /** Of a ZodString; other types have checks of other kinds. */
  readonly checks?: readonly { readonly kind: string; readonly regex?: RegExp }[]
}

interface Converter {
  zodToJsonSchema(schema: unknown, options: object): JsonSchema
  readonly ignoreOverride: symbol
}

/** What zod-to-json-schema would turn into something else without a word. */
const UNREPRESENTABLE: Readonly<Record<string, string>> = {
  ZodBigInt: 'a bigint',
  ZodDate: 'a date',
  ZodFunction: 'a function',
  ZodMap: 'a map',
  ZodNaN: 'NaN',
  ZodPromise: 'a promise',
  ZodSet: 'a set',
  ZodSymbol: 'a symbol',
  ZodUndefined: 'undefined',
  ZodVoid: 'void',
}

export function isZod3(schema: object): schema is Zod3Schema {
  const definition = (schema as Partial<Zod3Schema>)._def
  return !('_zod' in schema) && typeof definition?.typeName === 'string' && definition.typeName.startsWith('Zod')
}

/** Converts a Zod 3 schema. Never give it one of Zod 4: the result would be empty, and accept anything. */
export function zod3ToJsonSchema(schema: Zod3Schema, io: 'input' | 'output'): EvaluatedSchema {
  // Its ES module build and its CommonJS build differ in nothing but this; the latter loads in one file.
  const { zodToJsonSchema, ignoreOverride } = createRequire(import.meta.url)('zod-to-json-schema') as Converter
  const problems: string[] = []
  const override = (definition: Zod3Definition, refs: { readonly currentPath: readonly string[] }) => {
    const problem = unrepresentable(definition, io)
    if (problem !== null) problems.push(`${problem} at ${pathOf(refs.currentPath)}`)
    // It takes the type of this literal from `typeof`, which says that null is an object.
    if (definition.typeName === 'ZodLiteral' && definition.value === null) return { type: 'null' }
    return ignoreOverride
  }
  const converted = zodToJsonSchema(schema, {
    override,
    $refStrategy: 'root',
    target: 'jsonSchema7',
    pipeStrategy: io,
    // Zod strips unknown properties of an input, so they are allowed; an output never has them.
    removeAdditionalStrategy: io === 'input' ? 'strict' : 'passthrough',
  })
  return problems.length > 0 ? { problem: problems.join(', ') } : { schema: fromDraft07(converted) }
}

function unrepresentable(definition: Zod3Definition, io: 'input' | 'output'): string | null {
  const { typeName, coerce, effect, checks = [], schema: inner } = definition
  if (typeof typeName !== 'string') return 'a schema of another library, or of another version of Zod,'
  for (const { kind, regex } of checks) {
    const flags = kind === 'regex' && regex !== undefined ? flagsThatMatter(regex) : null
    if (flags !== null) return `a regular expression with the flag ${flags}`
  }
  if (typeName === 'ZodLiteral' && !isJsonScalar(definition.value)) return 'a literal that JSON lacks'
  if (typeName === 'ZodEffects' && effect?.type === 'transform' && io === 'output') return 'the result of a transform'
  // What z.custom() and z.instanceof() are made of: the condition is code, and the rest accepts anything.
  if (typeName === 'ZodEffects' && effect?.type === 'refinement' && inner?._def.typeName === 'ZodAny') {
    return 'a custom type'
  }
  // z.coerce.date() takes a string, so as an input it is one.
  if (coerce === true && io === 'input') return null
  return UNREPRESENTABLE[typeName] ?? null
}

/** Literals of Zod 3 can be of any type; zod-to-json-schema says `object`, or nothing, of the others. */
function isJsonScalar(value: unknown): boolean {
  return value === null || ['boolean', 'number', 'string'].includes(typeof value)
}

function pathOf(path: readonly string[]): string {
  return path.length <= 1 ? 'its root' : path.slice(1).join('.')
}
