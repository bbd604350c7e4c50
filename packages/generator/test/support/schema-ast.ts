import fc from 'fast-check'
import { z } from 'zod'
import * as mini from 'zod/mini'
import { z as z3 } from 'zod3'

/**
 * A schema as data, so that a counterexample can be read and shrunk, with three
 * interpreters: Zod 4, zod/mini and Zod 3. What is left out is what no two of
 * them agree with JSON Schema about: code (refinements, coercion, catch), and
 * the length of texts beyond the basic plane, which JSON Schema counts in code
 * points and Zod in UTF-16.
 */
export type Ast =
  | { readonly kind: 'string'; readonly min?: number | undefined; readonly max?: number | undefined }
  | { readonly kind: 'pattern'; readonly source: string }
  | {
      readonly kind: 'number'
      readonly int: boolean
      readonly min?: number | undefined
      readonly max?: number | undefined
    }
  | { readonly kind: 'boolean' | 'null' }
  | { readonly kind: 'literal'; readonly values: readonly (string | number | boolean | null)[] }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | { readonly kind: 'array'; readonly of: Ast; readonly min?: number | undefined; readonly max?: number | undefined }
  | { readonly kind: 'tuple'; readonly items: readonly Ast[]; readonly rest: Ast | null }
  | { readonly kind: 'object'; readonly mode: 'strip' | 'strict' | 'loose'; readonly properties: readonly Property[] }
  | { readonly kind: 'record'; readonly of: Ast }
  | { readonly kind: 'named-record'; readonly names: readonly string[]; readonly of: Ast }
  | { readonly kind: 'union'; readonly of: readonly Ast[] }
  | { readonly kind: 'discriminated'; readonly of: readonly Ast[] }
  | { readonly kind: 'intersection'; readonly left: readonly Property[]; readonly right: readonly Property[] }
  | { readonly kind: 'nullable' | 'named' | 'lazy' | 'transformed' | 'branded'; readonly of: Ast }

export interface Property {
  readonly name: string
  readonly of: Ast
  readonly presence: 'required' | 'optional' | 'default'
}

/** Names that a careless walk over a schema takes for keywords. Those of Object.prototype confuse Zod itself. */
const NAMES = ['a', 'b', 'value', 'type', 'properties', '$ref', 'items', 'const', 'id', 'a-b', 'default']
const PATTERNS = ['^[a-c]+$', '^x-', '^$|^1$']

const size = fc.option(fc.nat({ max: 2 }), { nil: undefined })
const limits = fc.record({ min: size, max: fc.option(fc.integer({ min: 2, max: 4 }), { nil: undefined }) })

/** Every kind of schema that there is, nested. */
export const schemas: fc.Arbitrary<Ast> = fc.letrec<{ any: Ast; leaf: Ast; object: Ast }>((tie) => {
  const any = tie('any')
  const object = tie('object')
  const properties = (names: readonly string[]): fc.Arbitrary<readonly Property[]> =>
    fc.uniqueArray(
      fc.record<Property>({
        name: fc.constantFrom(...names),
        of: any,
        presence: fc.constantFrom('required', 'optional', 'default'),
      }),
      { selector: ({ name }) => name, maxLength: 4 },
    )
  return {
    leaf: fc.oneof(
      limits.map((given): Ast => ({ kind: 'string', ...given })),
      fc.constantFrom(...PATTERNS).map((source): Ast => ({ kind: 'pattern', source })),
      fc
        .record({ int: fc.boolean(), limits })
        .map((given): Ast => ({ kind: 'number', int: given.int, ...given.limits })),
      fc.constantFrom<Ast>({ kind: 'boolean' }, { kind: 'null' }),
      fc
        .uniqueArray(fc.constantFrom('x', 'y', 1, 2, true, null), { minLength: 1, maxLength: 3 })
        .map((values): Ast => ({ kind: 'literal', values })),
      fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1 }).map((values): Ast => ({ kind: 'enum', values })),
    ),
    object: fc.oneof(
      fc
        .record({ mode: fc.constantFrom('strip', 'strict', 'loose'), properties: properties(NAMES) })
        .map((given): Ast => ({ kind: 'object', ...(given as { mode: 'strip'; properties: readonly Property[] }) })),
      fc
        .record({ left: properties(NAMES.slice(0, 6)), right: properties(NAMES.slice(6)) })
        .map((given): Ast => ({ kind: 'intersection', ...given })),
    ),
    any: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      tie('leaf'),
      object,
      fc.record({ of: any, limits }).map((given): Ast => ({ kind: 'array', of: given.of, ...given.limits })),
      fc
        .record({ items: fc.array(any, { maxLength: 3 }), rest: fc.option(any) })
        .map((given): Ast => ({ kind: 'tuple', ...given })),
      any.map((of): Ast => ({ kind: 'record', of })),
      fc
        .record({ names: fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1 }), of: any })
        .map((given): Ast => ({ kind: 'named-record', ...given })),
      fc.array(any, { minLength: 2, maxLength: 3 }).map((of): Ast => ({ kind: 'union', of })),
      fc.array(object, { minLength: 2, maxLength: 3 }).map((of): Ast => ({ kind: 'discriminated', of })),
      fc
        .record({ kind: fc.constantFrom('nullable', 'named', 'lazy', 'transformed', 'branded'), of: any })
        .map((given) => given as Ast),
    ),
  }
}).any

/** The same schema as an output may be: nothing open, and nothing that only code could describe. */
export function closed(ast: Ast): Ast {
  const each = (properties: readonly Property[]) =>
    properties.map((property) => ({ ...property, of: closed(property.of) }))
  switch (ast.kind) {
    case 'object':
      return { ...ast, mode: ast.mode === 'loose' ? 'strip' : ast.mode, properties: each(ast.properties) }
    case 'intersection':
      return { ...ast, left: each(ast.left), right: each(ast.right) }
    case 'tuple':
      return { ...ast, items: ast.items.map(closed), rest: ast.rest === null ? null : closed(ast.rest) }
    case 'union':
    case 'discriminated':
      return { ...ast, of: ast.of.map(closed) }
    case 'transformed':
      return closed(ast.of)
    default:
      return 'of' in ast ? { ...ast, of: closed(ast.of) } : ast
  }
}

const json: fc.Arbitrary<unknown> = fc.jsonValue({ maxDepth: 2, noUnicodeString: true } as object)

/** Values that a schema takes, by construction. */
export function valuesOf(ast: Ast): fc.Arbitrary<unknown> {
  switch (ast.kind) {
    case 'string':
      return fc
        .string({ minLength: ast.min ?? 0, maxLength: ast.max ?? 6 })
        .filter((made) => !/[\ud800-\udfff]/.test(made))
    case 'pattern':
      return fc.constantFrom(
        ...({ '^[a-c]+$': ['a', 'abc'], '^x-': ['x-', 'x-y'], '^$|^1$': ['', '1'] }[ast.source] as string[]),
      )
    case 'number': {
      const range = { min: ast.min ?? -5, max: ast.max ?? 5 }
      return ast.int ? fc.integer(range) : fc.double({ ...range, noNaN: true, noDefaultInfinity: true })
    }
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'literal':
    case 'enum':
      return fc.constantFrom(...ast.values)
    case 'array':
      return fc.array(valuesOf(ast.of), { minLength: ast.min ?? 0, maxLength: ast.max ?? 3 })
    case 'tuple': {
      const items = fc.tuple(...ast.items.map(valuesOf))
      const { rest } = ast
      return rest === null
        ? items
        : fc.tuple(items, fc.array(valuesOf(rest), { maxLength: 2 })).map(([fixed, more]) => [...fixed, ...more])
    }
    case 'object':
      return objectsOf(ast.properties)
    case 'intersection':
      return objectsOf([...ast.left, ...ast.right])
    case 'record':
      return fc.dictionary(fc.constantFrom('k', 'l', 'toString'), valuesOf(ast.of))
    case 'named-record':
      return objectsOf(ast.names.map((name) => ({ name, of: ast.of, presence: 'required' })))
    case 'union':
      return fc.oneof(...ast.of.map(valuesOf))
    case 'discriminated':
      return fc.oneof(
        ...ast.of.map((variant, index) =>
          valuesOf(variant).map((value) => ({ ...(value as object), kind: `k${index}` })),
        ),
      )
    case 'nullable':
      return fc.oneof(fc.constant(null), valuesOf(ast.of))
    default:
      return valuesOf(ast.of)
  }
}

function objectsOf(properties: readonly Property[]): fc.Arbitrary<object> {
  const entries = properties.map(({ name, of, presence }) => {
    const entry = valuesOf(of).map((value): [string, unknown][] => [[name, value]])
    return presence === 'required' ? entry : fc.oneof(entry, fc.constant([]))
  })
  return fc.tuple(...entries).map((found) => Object.fromEntries(found.flat()))
}

/** A value with something in it that is something else: another value, one more, one less. */
export function mutationsOf(value: unknown): fc.Arbitrary<unknown> {
  const change = fc.record({
    steps: fc.array(fc.nat({ max: 5 }), { maxLength: 4 }),
    how: fc.constantFrom('replace', 'remove', 'add'),
    by: fc.oneof(json, fc.constantFrom('x', 'k0', 'a', '', 'too long', 1, -99, 99, 0.5, null, {}, [])),
    key: fc.constantFrom(...NAMES, 'kind', 'k', 'x'),
  })
  return change.map(({ steps, how, by, key }) => changed(value, steps, how, by, key))
}

function changed(value: unknown, [step, ...steps]: readonly number[], how: string, by: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return by
  const keys = Object.keys(value)
  const at = step === undefined || keys.length === 0 ? undefined : keys[step % keys.length]
  const entries = Object.entries(value)
  if (at === undefined) {
    if (how === 'replace') return by
    if (Array.isArray(value)) return how === 'add' ? [...value, by] : value.slice(1)
    return Object.fromEntries(how === 'add' ? [...entries, [key, by]] : entries.slice(1))
  }
  const isLast = steps.length === 0
  const next = entries.flatMap(([name, part]): [string, unknown][] => {
    if (name !== at) return [[name, part]]
    return isLast && how === 'remove' ? [] : [[name, isLast ? by : changed(part, steps, how, by, key)]]
  })
  return Array.isArray(value) ? next.map(([, part]) => part) : Object.fromEntries(next)
}

const sample = (ast: Ast): unknown => fc.sample(valuesOf(ast), { numRuns: 1, seed: 7 })[0]
let names = 0

export function zod4Of(ast: Ast): z.ZodType {
  switch (ast.kind) {
    case 'string': {
      const { min, max } = ast
      const made = min === undefined ? z.string() : z.string().min(min)
      return max === undefined ? made : made.max(max)
    }
    case 'pattern':
      return z.string().regex(new RegExp(ast.source))
    case 'number': {
      const { min, max } = ast
      const made = min === undefined ? (ast.int ? z.int() : z.number()) : (ast.int ? z.int() : z.number()).min(min)
      return max === undefined ? made : made.max(max)
    }
    case 'boolean':
      return z.boolean()
    case 'null':
      return z.null()
    case 'literal':
      return z.literal([...ast.values])
    case 'enum':
      return z.enum([...ast.values])
    case 'array': {
      const { min, max } = ast
      const made = min === undefined ? z.array(zod4Of(ast.of)) : z.array(zod4Of(ast.of)).min(min)
      return max === undefined ? made : made.max(max)
    }
    case 'tuple': {
      const items = ast.items.map(zod4Of) as [z.ZodType, ...z.ZodType[]]
      return ast.rest === null ? z.tuple(items) : z.tuple(items, zod4Of(ast.rest))
    }
    case 'object':
      return object4(ast.mode, ast.properties)
    case 'intersection':
      return z.intersection(object4('strip', ast.left), object4('strip', ast.right))
    case 'record':
      return z.record(z.string(), zod4Of(ast.of))
    case 'named-record':
      return z.record(z.enum([...ast.names]), zod4Of(ast.of))
    case 'union':
      return z.union(ast.of.map(zod4Of))
    case 'discriminated':
      return z.discriminatedUnion('kind', ast.of.map(variant4) as never)
    case 'nullable':
      return zod4Of(ast.of).nullable()
    case 'named':
      return zod4Of(ast.of).meta({ id: `Part${names++}`, title: 'A part' })
    case 'lazy': {
      const made = zod4Of(ast.of)
      return z.lazy(() => made)
    }
    case 'transformed':
      return zod4Of(ast.of).transform((value) => ({ was: value }))
    case 'branded':
      return zod4Of(ast.of).brand('B').readonly()
  }
}

function variant4(ast: Ast, index: number): z.ZodType {
  const kind = z.literal(`k${index}`)
  const properties = ast.kind === 'object' ? ast.properties : ast.kind === 'intersection' ? ast.left : []
  const mode = ast.kind === 'object' ? ast.mode : 'strip'
  return object4(mode, properties).extend({ kind })
}

function object4(mode: string, properties: readonly Property[]): z.ZodObject {
  const shape = Object.fromEntries(
    properties.map(({ name, of, presence }) => {
      const made = zod4Of(of)
      if (presence === 'required') return [name, made]
      return [name, presence === 'optional' ? made.optional() : made.prefault(sample(of) as never)]
    }),
  )
  if (mode === 'strict') return z.strictObject(shape)
  return mode === 'loose' ? z.looseObject(shape) : z.object(shape)
}

/** The same in the other flavour; only what is spelt differently is here. */
export function miniOf(ast: Ast): mini.ZodMiniType {
  if (ast.kind === 'nullable') return mini.nullable(miniOf(ast.of))
  if (ast.kind === 'union') return mini.union(ast.of.map(miniOf))
  if (ast.kind === 'array') {
    const checks = [
      ...(ast.min === undefined ? [] : [mini.minLength(ast.min)]),
      ...(ast.max === undefined ? [] : [mini.maxLength(ast.max)]),
    ]
    return mini.array(miniOf(ast.of)).check(...(checks as []))
  }
  if (ast.kind !== 'object') return zod4Of(ast) as unknown as mini.ZodMiniType
  const shape = Object.fromEntries(
    ast.properties.map(({ name, of, presence }) => {
      const made = miniOf(of)
      if (presence === 'required') return [name, made]
      return [name, presence === 'optional' ? mini.optional(made) : mini.prefault(made, sample(of) as never)]
    }),
  )
  if (ast.mode === 'strict') return mini.strictObject(shape)
  return ast.mode === 'loose' ? mini.looseObject(shape) : mini.object(shape)
}

export function zod3Of(ast: Ast): z3.ZodTypeAny {
  switch (ast.kind) {
    case 'string': {
      const { min, max } = ast
      const made = min === undefined ? z3.string() : z3.string().min(min)
      return max === undefined ? made : made.max(max)
    }
    case 'pattern':
      return z3.string().regex(new RegExp(ast.source))
    case 'number': {
      const { min, max } = ast
      const whole = ast.int ? z3.number().int() : z3.number()
      const made = min === undefined ? whole : whole.min(min)
      return max === undefined ? made : made.max(max)
    }
    case 'boolean':
      return z3.boolean()
    case 'null':
      return z3.null()
    case 'literal':
      return union3(ast.values.map((value) => z3.literal(value)))
    case 'enum':
      return z3.enum(ast.values as [string, ...string[]])
    case 'array': {
      const { min, max } = ast
      const made = min === undefined ? z3.array(zod3Of(ast.of)) : z3.array(zod3Of(ast.of)).min(min)
      return max === undefined ? made : made.max(max)
    }
    case 'tuple': {
      const items = z3.tuple(ast.items.map(zod3Of) as [z3.ZodTypeAny, ...z3.ZodTypeAny[]])
      return ast.rest === null ? items : items.rest(zod3Of(ast.rest))
    }
    case 'object':
      return object3(ast.mode, ast.properties)
    case 'intersection':
      return z3.intersection(object3('strip', ast.left), object3('strip', ast.right))
    case 'record':
      return z3.record(z3.string(), zod3Of(ast.of))
    case 'named-record':
      return object3(
        'strict',
        ast.names.map((name) => ({ name, of: ast.of, presence: 'required' })),
      )
    case 'union':
      return union3(ast.of.map(zod3Of))
    case 'discriminated':
      return z3.discriminatedUnion('kind', ast.of.map(variant3) as never)
    case 'nullable':
      return zod3Of(ast.of).nullable()
    case 'lazy': {
      const made = zod3Of(ast.of)
      return z3.lazy(() => made)
    }
    case 'transformed':
      return zod3Of(ast.of).transform((value) => ({ was: value }))
    case 'named':
      return zod3Of(ast.of).describe('A part')
    case 'branded':
      return zod3Of(ast.of).brand('B').readonly()
  }
}

function union3(parts: readonly z3.ZodTypeAny[]): z3.ZodTypeAny {
  const [only] = parts
  return only !== undefined && parts.length === 1 ? only : z3.union(parts as [z3.ZodTypeAny, z3.ZodTypeAny])
}

function variant3(ast: Ast, index: number): z3.ZodTypeAny {
  const properties = ast.kind === 'object' ? ast.properties : ast.kind === 'intersection' ? ast.left : []
  const mode = ast.kind === 'object' ? ast.mode : 'strip'
  return object3(mode, properties).extend({ kind: z3.literal(`k${index}`) })
}

function object3(mode: string, properties: readonly Property[]): z3.AnyZodObject {
  const shape = Object.fromEntries(
    properties.map(({ name, of, presence }) => {
      const made = zod3Of(of)
      if (presence === 'required') return [name, made]
      return [name, presence === 'optional' ? made.optional() : made.default(sample(of))]
    }),
  )
  if (mode === 'strict') return z3.strictObject(shape)
  return mode === 'loose' ? z3.object(shape).passthrough() : z3.object(shape)
}
