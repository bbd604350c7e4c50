import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { z as z3 } from 'zod3'
import { convertSchema } from '../dist/analyse/convert-schema.js'
import { portableSchema } from '../dist/model/portable/portable-schema.js'
import type { WireSchema } from '../dist/model/server-model.js'
import { toWireSchema } from '../dist/model/wire-schema.js'

const noOther = (): Promise<never> => Promise.reject(new Error('Zod brings its own'))

async function wireOf(schema: object, side: 'input' | 'output' = 'input'): Promise<WireSchema> {
  const outcome = await convertSchema(schema, side, noOther)
  if ('problem' in outcome) throw new Error(outcome.problem)
  return toWireSchema(portableSchema(outcome.schema, side), side)
}

/** What stands for the one property `a` of an object. */
async function told(property: z.ZodType | z3.ZodTypeAny): Promise<unknown> {
  const object = '_zod' in property ? z.object({ a: property }) : z3.object({ a: property })
  const { schema } = await wireOf(object)
  return (schema.properties as { a: unknown }).a
}

/** A custom type with an override of Zod, as libraries on top of it write them. */
function describing(schema: object): z.ZodType {
  const custom = z.custom<string>()
  custom._zod.toJSONSchema = () => schema
  return custom
}

const Note = z.object({ id: z.string() }).meta({ id: 'RewritesNote', title: 'A note' })
const note = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'], title: 'A note' }
const text = { type: 'string' }
const number = { type: 'number' }
const nothing = { type: 'null' }

describe('what is said in other words', () => {
  it.each<[string, z.ZodType | z3.ZodTypeAny, unknown]>([
    ['a named part is written out', Note, note],
    ['with what stands beside it', Note.describe('The note'), { ...note, description: 'The note' }],
    ['a literal is an enum', z.literal('x'), { type: 'string', enum: ['x'] }],
    ['what is sensitive is only written', z.string().meta({ sensitive: true }), { type: 'string', writeOnly: true }],
    ['so is a password', z.string().meta({ format: 'password' }), { type: 'string', writeOnly: true }],
    [
      'also beside a name',
      Note.meta({ 'x-sensitive': true, id: undefined, title: 'A note' }),
      { ...note, writeOnly: true },
    ],
    [
      'and whatever it may be',
      z.string().nullable().meta({ sensitive: true }),
      { writeOnly: true, anyOf: [text, nothing] },
    ],
    [
      'what is said not to be sensitive is not',
      z.string().meta({ sensitive: false }),
      { type: 'string', sensitive: false },
    ],
    ['null is a type', z.null(), nothing],
    [
      'literals of several types are alternatives',
      z.literal(['x', 1, null]),
      { anyOf: [{ type: 'string', enum: ['x'] }, { type: 'number', enum: [1] }, nothing] },
    ],
    ['a list of types is a union', z.string().nullable(), { anyOf: [text, nothing] }],
    [
      'and what concerns one type goes with it',
      z.string().min(2).nullable().describe('A word'),
      { description: 'A word', anyOf: [{ type: 'string', minLength: 2 }, nothing] },
    ],
    [
      'a nullable enum keeps its words',
      z.enum(['x', 'y']).nullable(),
      { anyOf: [{ type: 'string', enum: ['x', 'y'] }, nothing] },
    ],
    ['a union in a union is one', z.union([z.string(), z.number().nullable()]), { anyOf: [text, number, nothing] }],
    ['a union of one is what it holds', z.union([z.string()]), text],
    [
      'an integer in a union of an argument is a number',
      z.int32().nullable(),
      { anyOf: [{ type: 'number', minimum: -2147483648, maximum: 2147483647, multipleOf: 1 }, nothing] },
    ],
    [
      'a discriminated union is any of its parts',
      z.discriminatedUnion('k', [z.object({ k: z.literal('a') }), z.object({ k: z.literal('b') })]),
      {
        anyOf: ['a', 'b'].map((kind) => ({
          type: 'object',
          properties: { k: { type: 'string', enum: [kind] } },
          required: ['k'],
        })),
      },
    ],
    ['so is one of types that exclude each other', z.xor([z.string(), z.number()]), { anyOf: [text, number] }],
    [
      'a tuple ends by its length',
      z.tuple([z.string(), z.number()]),
      { type: 'array', prefixItems: [text, number], minItems: 2, maxItems: 2, items: { anyOf: [text, number] } },
    ],
    ['an empty one says of what it is empty', z.tuple([]), { type: 'array', items: text, maxItems: 0 }],
    [
      'a map has keys of any name',
      z.record(z.string(), z.number()),
      { type: 'object', properties: {}, additionalProperties: number },
    ],
    [
      'a map of known keys is an object',
      z.record(z.enum(['x', 'y']), z.number()),
      { type: 'object', properties: { x: number, y: number }, required: ['x', 'y'], additionalProperties: false },
    ],
    ['an object without properties says so', z.object({}), { type: 'object', properties: {} }],
    [
      'one that takes anything says true',
      z.looseObject({}),
      { type: 'object', properties: {}, additionalProperties: true },
    ],
    ['a format that says the same replaces the pattern', z.email(), { ...text, format: 'email' }],
    ['of identifiers', z.uuid(), { ...text, format: 'uuid' }],
    ['of dates', z.iso.date(), { ...text, format: 'date' }],
    ['of addresses', z.ipv6(), { ...text, format: 'ipv6' }],
    ['of durations, whose pattern looks ahead', z.iso.duration(), { ...text, format: 'duration' }],
    ['a time in UTC says so in a word', z.iso.datetime(), { ...text, format: 'date-time', pattern: 'Z$' }],
    ['a time with an offset is the format', z.iso.datetime({ offset: true }), { ...text, format: 'date-time' }],
    [
      'a pattern of the user stays beside it',
      z.email({ pattern: /@example\.com$/ }),
      { ...text, format: 'email', pattern: '@example\\.com$' },
    ],
    ['a format that no standard knows is its pattern', z.nanoid(), { ...text, pattern: '^[a-zA-Z0-9_-]{21}$' }],
    ['the input of a transform is what comes in', z.string().transform(Number), text],
    [
      'the input of a codec is what travels',
      z.codec(z.iso.date(), z.date(), { decode: (day) => new Date(day), encode: (date) => date.toISOString() }),
      { ...text, format: 'date' },
    ],
    ['a brand is for the types alone', z.string().brand('Id').readonly(), text],
    ['what says itself what it is, is that', describing({ type: 'string', const: 'x' }), { ...text, enum: ['x'] }],
    ['Zod 3: a nullable', z3.string().nullable(), { anyOf: [text, nothing] }],
    ['Zod 3: null', z3.literal(null), nothing],
    ['Zod 3: what may be absent and null', z3.string().optional().nullable(), { anyOf: [text, nothing] }],
    [
      'Zod 3: an enum of TypeScript',
      z3.nativeEnum({ A: 1, B: 'x' } as const),
      {
        anyOf: [
          { type: 'string', enum: ['x'] },
          { type: 'number', enum: [1] },
        ],
      },
    ],
    ['Zod 3: a date that is made of a text', z3.coerce.date(), { ...text, format: 'date-time' }],
  ])('%s', async (_, property, expected) => {
    expect(await told(property)).toEqual(expected)
  })

  it.each([
    ['objects that may be the same', [z.object({ a: z.string() }), z.object({ b: z.string() })]],
    ['values that overlap', [z.object({ k: z.enum(['a', 'b']) }), z.object({ k: z.enum(['b', 'c']) })]],
    [
      'a word that may be absent',
      [z.object({ k: z.literal('a').optional() }), z.object({ k: z.literal('b').optional() })],
    ],
    ['numbers and integers', [z.number(), z.int()]],
  ])('exactly one of %s stays exactly one', async (_, parts) => {
    expect(await told(z.xor(parts as z.ZodType[]))).toHaveProperty('oneOf')
  })

  it('a time without an offset is no date-time, so only its pattern is told', async () => {
    const local = (await told(z.iso.datetime({ local: true }))) as Record<string, unknown>
    expect(local).not.toHaveProperty('format')
    expect(local.pattern).toMatch(/^\^/)
  })

  it('what clients read of a tuple that goes on is wider as an output, and exact as an input', async () => {
    const tuple = z.object({ a: z.tuple([z.string()], z.number()) })
    const itemsOf = async (side: 'input' | 'output'): Promise<unknown> =>
      ((await wireOf(tuple, side)).schema.properties as { a: { items: unknown } }).a.items
    expect([await itemsOf('input'), await itemsOf('output')]).toEqual([number, { anyOf: [text, number] }])
  })

  it('an intersection that leaves the server names all that it lets out', async () => {
    const both = z.object({ a: z.string() }).and(z.object({ b: z.number() }))
    expect((await wireOf(both, 'output')).schema).toEqual({
      type: 'object',
      properties: { a: text, b: number },
      required: ['a', 'b'],
      additionalProperties: false,
    })
    expect((await wireOf(both)).schema).not.toHaveProperty('additionalProperties')
  })

  it.each([
    ['a union', z.union([z.string(), z.number()]), { anyOf: [text, number] }],
    ['a list', z.array(z.string()), { type: 'array', items: text }],
    ['a text', z.email(), { ...text, format: 'email' }],
  ])('%s at the root travels in a property', async (_, schema, value) => {
    expect(await wireOf(schema)).toEqual({
      schema: { type: 'object', properties: { value }, required: ['value'], additionalProperties: false },
      wrapped: 'value',
    })
  })

  it('parts that double at every level stay references instead of filling the memory', async () => {
    let part: z.ZodType = z.object({ id: z.string() })
    for (let level = 0; level < 20; level++) part = z.object({ a: part, b: part }).meta({ id: `Doubling${level}` })
    const { schema } = await wireOf(part)
    expect(JSON.stringify(schema).length).toBeLessThan(10_000)
    expect(JSON.stringify(schema)).toContain('"$ref"')
  })
})

describe('what JSON cannot say', () => {
  it.each<[string, z.ZodType | z3.ZodTypeAny, string]>([
    ['a date', z.date(), 'a date'],
    ['a date made of anything', z.coerce.date(), 'a date'],
    ['a bigint', z.bigint(), 'a bigint'],
    ['a file', z.file(), 'a file'],
    ['a file in a list', z.array(z.file()), 'a file'],
    ['an instance of a class', z.instanceof(URL), 'a custom type'],
    ['Zod 3: a bigint as a literal', z3.literal(1n), 'a literal that JSON lacks'],
    ['Zod 3: undefined as a literal', z3.literal(undefined), 'a literal that JSON lacks'],
    ['Zod 3: a bigint', z3.bigint(), 'a bigint'],
  ])('is refused: %s', async (_, property, problem) => {
    await expect(told(property)).rejects.toThrow(problem)
  })

  it('the output of a transform, unless it is piped into a schema', async () => {
    const length = z.string().transform((word) => word.length)
    await expect(wireOf(z.object({ a: length }), 'output')).rejects.toThrow('the result of a transform')
    const { schema } = await wireOf(z.object({ a: length.pipe(z.number()) }), 'output')
    expect(schema.properties).toEqual({ a: number })
  })
})
