import Ajv2020 from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareLocks } from '../../dist/lock/compare-locks.js'
import { lockOf } from '../../dist/lock/lock-of.js'
import { narrowings } from '../../dist/lock/narrowings.js'
import { type Sketch, sketch } from '../support/model.js'

type Keywords = Readonly<Record<string, unknown>>

const object = (properties: Keywords, required: readonly string[] = Object.keys(properties), more: Keywords = {}) => ({
  type: 'object',
  properties,
  required,
  ...more,
})
const text = { type: 'string' }

/** What a caller sent or got before, and may not any more, as `path: problem`. */
const narrowed = (before: Keywords, after: Keywords, direction: 'taken' | 'given' = 'taken') =>
  narrowings(before, after, direction).map(({ path, problem }) => `${path.join('.')}: ${problem}`)

describe('an input that takes less', () => {
  it.each<readonly [name: string, before: Keywords, after: Keywords, found: readonly string[]]>([
    ['a new field is required', object({ a: text }), object({ a: text, b: text }), ['b: is now required']],
    ['a field is required that was not', object({ a: text }, []), object({ a: text }), ['a: is now required']],
    [
      'a field is gone',
      object({ a: text }, [], { additionalProperties: false }),
      object({}, [], { additionalProperties: false }),
      ['a: is taken no more'],
    ],
    [
      'nothing else is taken',
      object({ a: text }),
      object({ a: text }, ['a'], { additionalProperties: false }),
      [': takes no other properties any more'],
    ],
    [
      'what else is taken has a schema',
      object({}),
      object({}, [], { additionalProperties: text }),
      ['*: no longer takes array, boolean, null, number, object'],
    ],
    ['a type is another', object({ a: text }), object({ a: { type: 'number' } }), ['a: no longer takes string']],
    ['a type of several is gone', { type: ['string', 'null'] }, text, [': no longer takes null']],
    ['a number has to be whole', { type: 'number' }, { type: 'integer' }, [': no longer takes number']],
    ['a value of an enum is gone', { enum: ['a', 'b'] }, { enum: ['a'] }, [': no longer takes "b"']],
    ['an enum is a constant', { enum: ['a', 'b'] }, { const: 'a' }, [': no longer takes "b"']],
    ['any text is listed texts', text, { type: 'string', enum: ['a'] }, [': takes listed values alone']],
    [
      'a bound is higher',
      { type: 'string', minLength: 1 },
      { type: 'string', minLength: 2 },
      [': minLength is now 2, was 1'],
    ],
    ['a bound is there', { type: 'number' }, { type: 'number', maximum: 9 }, [': maximum is now 9']],
    [
      'a bound is lower',
      { type: 'array', maxItems: 9 },
      { type: 'array', maxItems: 5 },
      [': maxItems is now 5, was 9'],
    ],
    [
      'a step is larger',
      { type: 'number', multipleOf: 2 },
      { type: 'number', multipleOf: 4 },
      [': multipleOf is now 4, was 2'],
    ],
    ['a format is there', text, { type: 'string', format: 'uuid' }, [': has to keep another format "uuid"']],
    [
      'a pattern is another',
      { type: 'string', pattern: 'a' },
      { type: 'string', pattern: 'b' },
      [': has to keep another pattern'],
    ],
    [
      'items have to differ',
      { type: 'array' },
      { type: 'array', uniqueItems: true },
      [': has to keep another uniqueItems'],
    ],
    [
      'items take less',
      { type: 'array', items: { type: ['string', 'null'] } },
      { type: 'array', items: text },
      ['[]: no longer takes null'],
    ],
    [
      'a place of a list takes less',
      { type: 'array', prefixItems: [{}] },
      { type: 'array', prefixItems: [text] },
      ['[0]: no longer takes array, boolean, null, number, object'],
    ],
    [
      'an alternative is gone',
      { anyOf: [text, { type: 'null' }] },
      { anyOf: [text] },
      [': no longer takes one alternative'],
    ],
    ['one of alternatives is left', { anyOf: [text, { type: 'null' }] }, text, [': no longer takes one alternative']],
    [
      'deep inside',
      object({ a: object({ b: { enum: [1, 2] } }) }),
      object({ a: object({ b: { enum: [1] } }) }),
      ['a.b: no longer takes 2'],
    ],
    [
      'behind a reference',
      { ...object({ a: { $ref: '#/$defs/x' } }), $defs: { x: { type: 'number' } } },
      { ...object({ a: { $ref: '#/$defs/x' } }), $defs: { x: { type: 'integer' } } },
      ['a: no longer takes number'],
    ],
    ['nothing is taken any more', object({ a: text }), object({ a: false as never }), ['a: nothing is taken']],
    [
      'a keyword that is not compared',
      text,
      { type: 'string', not: { const: 'x' } },
      [': not of what is taken changed'],
    ],
  ])('%s', (_name, before, after, found) => {
    expect(narrowed(before, after)).toEqual(found)
  })
})

describe('an input that takes as much or more', () => {
  it.each<readonly [name: string, before: Keywords, after: Keywords]>([
    ['a new field is optional', object({ a: text }), object({ a: text, b: text }, ['a'])],
    ['a field is required no more', object({ a: text }), object({ a: text }, [])],
    ['a field is gone, and others are taken', object({ a: text }), object({})],
    ['others are taken', object({}, [], { additionalProperties: false }), object({})],
    ['a type more', text, { type: ['string', 'null'] }],
    ['any number, instead of a whole one', { type: 'integer' }, { type: 'number' }],
    ['a constant is one of an enum', { const: 'a' }, { enum: ['a', 'b'] }],
    ['bounds are wider', { type: 'number', minimum: 1, maximum: 2 }, { type: 'number', minimum: 0, maximum: 3 }],
    ['no pattern', { type: 'string', pattern: 'a' }, text],
    ['an alternative more', { anyOf: [text] }, { anyOf: [{ type: 'null' }, text] }],
    ['one is one of alternatives', text, { anyOf: [text, { type: 'null' }] }],
    ['anything', text, {}],
    ['a recursion that did not change', recursive('string'), { ...recursive('string'), $id: 'x' }],
    ['a bound that bounds nothing', text, { type: 'string', minLength: 0 }],
  ])('%s', (_name, before, after) => {
    expect(narrowed(before, after)).toEqual([])
  })
})

it('comes to an end with types that all lead to each other', () => {
  const names = Array.from({ length: 12 }, (_, index) => `type${index}`)
  const tangle = (type: string): Keywords => ({
    ...object({ a: { $ref: '#/$defs/type0' } }),
    $defs: Object.fromEntries(
      names.map((name) => [
        name,
        { anyOf: [{ type }, ...names.map((other) => object({ [`${name}${other}`]: { $ref: `#/$defs/${other}` } }))] },
      ]),
    ),
  })
  expect(narrowed(tangle('string'), tangle('number')).length).toBeGreaterThan(0)
  expect(narrowed(tangle('string'), tangle('string'))).toEqual([])
})

it('follows a recursion to what changed in it, and comes back', () => {
  expect(narrowed(recursive('string'), recursive('number'))).toEqual([
    'name: no longer takes string',
    'next.name: no longer takes string',
  ])
})

describe('an output', () => {
  const given = (before: Keywords | undefined, after: Keywords | undefined) => {
    const of = (output: Keywords | undefined): Sketch => ({
      tools: { one: { needs: 'authenticated', ...(output === undefined ? {} : { output }) } },
    })
    return compareLocks(lockOf(sketch(of(before))), lockOf(sketch(of(after)))).map(
      ({ aspect, breaks, after: now }) => `${breaks ? 'breaks' : 'fine'} ${aspect}: ${now}`,
    )
  }

  it.each<readonly [name: string, before: Keywords | undefined, after: Keywords | undefined, found: readonly string[]]>(
    [
      ['a field may be missing', object({ a: text }), object({ a: text }, []), ['breaks output.a: may be missing']],
      ['a field is gone', object({ a: text }), object({}), ['breaks output.a: may be missing']],
      [
        'a field is a number',
        object({ a: text }),
        object({ a: { type: 'number' } }),
        ['breaks output.a: can be number'],
      ],
      [
        'a value more',
        object({ a: { enum: ['x'] } }),
        object({ a: { enum: ['x', 'y'] } }),
        ['breaks output.a: can be "y"'],
      ],
      [
        'any text',
        object({ a: { enum: ['x'] } }),
        object({ a: text }),
        ['breaks output.a: can be more than the listed values'],
      ],
      [
        'a bound is gone',
        object({ a: { type: 'number', maximum: 1 } }),
        object({ a: { type: 'number' } }),
        ['breaks output.a: maximum 1 is kept no more'],
      ],
      ['there is none', object({ a: text }), undefined, ['breaks output: null']],
      ['there is one', undefined, object({ a: text }), ['fine output: has a schema']],
      [
        'a field more',
        object({ a: text }),
        object({ a: text, b: text }),
        ['fine output: changed, and breaks no caller'],
      ],
      [
        'a value less',
        object({ a: { enum: ['x', 'y'] } }),
        object({ a: { enum: ['x'] } }),
        ['fine output: changed, and breaks no caller'],
      ],
    ],
  )('%s', (_name, before, after, found) => {
    expect(given(before, after)).toEqual(found)
  })
})

it('is no change if only what people read changed', () => {
  const of = (input: Keywords) => lockOf(sketch({ tools: { one: { needs: 'authenticated', input } } }))
  const before = object({ a: { ...text, description: 'An a', default: 'x' }, b: { enum: ['x', 'y'] } }, ['a', 'b'])
  const after = object({ b: { enum: ['y', 'x'], title: 'B' }, a: { ...text, examples: ['a'] } }, ['b', 'a'])
  expect(of(after)).toEqual(of(before))
})

function recursive(type: string): Keywords {
  const node = object({ name: { type }, next: { $ref: '#/$defs/node' } }, ['name'])
  return { ...node, $defs: { node } }
}

describe('whatever two schemas are', () => {
  const scalars = fc.constantFrom<Keywords>(
    { type: 'string' },
    { type: 'number' },
    { type: 'integer' },
    { type: ['string', 'null'] },
    { type: 'string', minLength: 2 },
    { type: 'string', maxLength: 1 },
    { type: 'string', pattern: '^a' },
    { type: 'integer', minimum: 1 },
    { type: 'number', multipleOf: 2 },
    { enum: ['a', 'ab', 1, null] },
    { enum: ['a'] },
    { const: 1 },
    { type: 'boolean' },
    {},
  )
  const { schema } = fc.letrec<{ schema: Keywords }>((tie) => ({
    schema: fc.oneof(
      { weight: 4, arbitrary: scalars },
      fc
        .record({
          properties: fc.dictionary(fc.constantFrom('a', 'b'), tie('schema')),
          required: fc.subarray(['a', 'b']),
          additionalProperties: fc.constantFrom<unknown>(false, true, undefined),
        })
        .map(({ additionalProperties: rest, ...more }) => ({
          type: 'object',
          ...more,
          ...(rest === undefined ? {} : { additionalProperties: rest }),
        })),
      fc.record({ type: fc.constant('array'), items: tie('schema') }),
      fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
    ),
  }))
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom<unknown>('', 'a', 'ab', 'b', 0, 1, 2, 0.5, null, true) },
      fc.dictionary(fc.constantFrom('a', 'b'), tie('value')),
      fc.array(tie('value'), { maxLength: 2 }),
    ),
  }))
  const validatorOf = (keywords: Keywords) => new Ajv2020.default({ strict: false }).compile(keywords)

  it('a value that is taken no more is noticed, unless it is in a property that nobody declared', () => {
    let found = 0
    fc.assert(
      fc.property(schema, schema, fc.array(value, { minLength: 20, maxLength: 20 }), (before, after, values) => {
        const [was, is] = [validatorOf(before), validatorOf(after)]
        const lost = values.filter((one) => was(one) && !is(one) && isDeclared(one, before))
        if (lost.length === 0) return
        found++
        expect(narrowed(before, after), JSON.stringify(lost[0])).not.toEqual([])
      }),
      { numRuns: 120 },
    )
    expect(found).toBeGreaterThan(10)
  })

  it('a schema is not narrower than itself', () => {
    fc.assert(
      fc.property(schema, (one) => {
        expect(narrowed(one, structuredClone(one))).toEqual([])
      }),
    )
  })
})

/** Whether every object in a value has properties that its schema names, as far as there is one schema for it. */
function isDeclared(value: unknown, { properties, items, anyOf }: Keywords): boolean {
  if (Array.isArray(anyOf)) return anyOf.every((branch: Keywords) => isDeclared(value, branch))
  if (Array.isArray(value)) return value.every((item) => isDeclared(item, (items ?? {}) as Keywords))
  if (typeof value !== 'object' || value === null) return true
  const declared = (properties ?? {}) as Readonly<Record<string, Keywords>>
  return Object.entries(value).every(
    ([name, item]) => Object.hasOwn(declared, name) && isDeclared(item, declared[name] ?? {}),
  )
}
