import { describe, expect, it } from 'vitest'
import { schemas } from '../../../examples/notes/generated/schemas.gen.js'
import { memberOf, withItem, withMember, withoutItem } from '../browser/form/change.js'
import { describe as describeField } from '../browser/form/describe.js'
import { type Field, fieldOf, type Schema } from '../browser/form/field.js'
import { disagreement, hintOf } from '../browser/form/hint.js'
import { initialValue } from '../browser/form/initial-value.js'

/** The field of one property. */
function one(schema: Schema, root: Schema = {}): Field {
  const field = fieldOf({ ...root, type: 'object', properties: { it: schema } })
  if (field.kind !== 'group' || !field.members[0]) throw new Error('no field')
  return field.members[0].field
}

describe('fields', () => {
  it.each<[Schema, Field['kind']]>([
    [{ type: 'string' }, 'text'],
    [{ type: 'number' }, 'number'],
    [{ type: 'integer' }, 'number'],
    [{ type: 'boolean' }, 'boolean'],
    [{ type: 'null' }, 'choice'],
    [{ enum: ['a', 2, null] }, 'choice'],
    [{ const: 'a' }, 'choice'],
    [{ type: 'array', items: { type: 'string' } }, 'list'],
    [{ type: 'array' }, 'json'],
    [{ type: 'array', prefixItems: [{ type: 'string' }], items: false }, 'json'],
    [{ type: 'array', prefixItems: [{ type: 'string' }], items: { type: 'string' }, maxItems: 1 }, 'json'],
    [{ type: 'object', properties: { a: { type: 'string' } } }, 'group'],
    [{ properties: { a: { type: 'string' } } }, 'group'],
    [{ type: 'object', additionalProperties: { type: 'string' } }, 'json'],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'variants'],
    [{ oneOf: [{ type: 'string' }] }, 'variants'],
    [{ type: ['string', 'null'] }, 'variants'],
    [{}, 'json'],
    [{ allOf: [{ type: 'string' }] }, 'json'],
    [{ type: 'nonsense' }, 'json'],
    [{ $ref: 'https://elsewhere.example/schema' }, 'json'],
    [{ $ref: '#/$defs/missing' }, 'json'],
  ])('%j is %s', (schema, kind) => {
    expect(one(schema).kind).toBe(kind)
  })

  it('say what is required, in the order of the schema', () => {
    const field = fieldOf(schemas.create_note.input.schema)
    expect(field).toMatchObject({
      kind: 'group',
      members: [
        { name: 'title', required: true, field: { kind: 'text', multiline: false } },
        { name: 'text', required: true, field: { kind: 'text', multiline: true } },
      ],
    })
  })

  it('follow references within the schema', () => {
    const $defs = { 'a/b': { type: 'string', title: 'Named' } }
    expect(one({ $ref: '#/$defs/a~1b' }, { $defs })).toMatchObject({ kind: 'text', label: 'Named' })
  })

  it('end where a schema refers to itself', () => {
    const node = { type: 'object', properties: { next: { $ref: '#/$defs/node' } } }
    const text = JSON.stringify(fieldOf({ $ref: '#/$defs/node', $defs: { node } }))
    expect(text).toContain('"kind":"json"')
    expect(one({ $ref: '#/$defs/loop' }, { $defs: { loop: { $ref: '#/$defs/loop' } } }).kind).toBe('json')
  })

  it('name variants so that they can be told apart', () => {
    const variants = [
      { title: 'By name', type: 'string' },
      { type: 'object', properties: { kind: { const: 'circle' }, radius: { type: 'number' } } },
      { type: 'object', properties: { a: {}, b: {} } },
      { const: 7 },
      { type: 'object', properties: { kind: { type: 'string', enum: ['square'] }, side: { type: 'number' } } },
      { type: 'string', enum: ['auto'] },
      { type: 'string', enum: ['a', 'b'] },
      { type: 'null' },
      {},
    ]
    const field = one({ anyOf: variants })
    expect(field.kind === 'variants' && field.variants.map(({ label }) => label)).toEqual([
      'By name',
      'kind: "circle"',
      'With a, b',
      '7',
      'kind: "square"',
      '"auto"',
      'string',
      'null',
      'Variant 9',
    ])
  })

  it('take no schema for no fields', () => {
    expect(fieldOf(null)).toMatchObject({ kind: 'group', members: [] })
  })
})

describe('values before anybody typed', () => {
  it('hold what is required and defaults, and leave the rest out', () => {
    const schema = {
      type: 'object',
      properties: {
        text: { type: 'string' },
        optional: { type: 'string' },
        limit: { type: 'integer', default: 10 },
        count: { type: 'integer' },
        tags: { type: 'array', items: { type: 'string' } },
        inner: { type: 'object', properties: { on: { type: 'string' } }, required: ['on'] },
        kind: { const: 'circle' },
      },
      required: ['text', 'count', 'tags', 'inner', 'kind'],
    }
    expect(initialValue(fieldOf(schema))).toEqual({ text: '', limit: 10, tags: [], inner: { on: '' }, kind: 'circle' })
  })
})

describe('changes', () => {
  it('keep the order of the others and take out what is left out', () => {
    expect(withMember({ a: 1, b: 2 }, 'b', undefined)).toEqual({ a: 1 })
    expect(withMember('no object', 'a', 1)).toEqual({ a: 1 })
    expect(withItem([1, 2, 3], 1, 9)).toEqual([1, 9, 3])
    expect(withoutItem([1, 2, 3], 1)).toEqual([1, 3])
  })

  it('take __proto__ for a name like any other', () => {
    const changed = withMember({}, '__proto__', { polluted: true })
    expect(Object.keys(changed)).toEqual(['__proto__'])
    expect('polluted' in changed).toBe(false)
    expect(memberOf({}, 'constructor')).toBeUndefined()
  })
})

describe('hints', () => {
  it.each<[Schema, string]>([
    [{ type: 'string' }, ''],
    [{ type: 'string', minLength: 1, maxLength: 120 }, '1 to 120 characters'],
    [{ type: 'string', minLength: 1 }, 'not empty'],
    [{ type: 'string', format: 'uuid', pattern: `^${'x'.repeat(100)}$` }, 'uuid'],
    [{ type: 'string', pattern: '^[a-z]+$' }, 'matches ^[a-z]+$'],
    [{ type: 'integer', minimum: -9007199254740991, maximum: 9007199254740991 }, 'whole number'],
    [{ type: 'number', minimum: 1, maximum: 50 }, 'number, 1 to 50'],
    [{ type: 'number', exclusiveMinimum: 0 }, 'number, above 0'],
  ])('of %j', (schema, hint) => {
    expect(hintOf(one(schema))).toBe(hint)
  })

  it.each<[Schema, unknown, string | undefined]>([
    [{ type: 'string', minLength: 2 }, 'a', 'shorter than 2 characters'],
    [{ type: 'string', minLength: 2 }, 'ab', undefined],
    [{ type: 'string', maxLength: 1 }, '😀', undefined],
    [{ type: 'string', maxLength: 1 }, 'ab', 'longer than 1 characters'],
    [{ type: 'string', pattern: '^[0-9]+$' }, 'x', 'not of the pattern'],
    [{ type: 'string', pattern: '^[0-9]+$', format: 'digits' }, 'x', 'no digits'],
    [{ type: 'string', pattern: '(' }, 'x', undefined],
    [{ type: 'string', format: 'uuid' }, 'no uuid', 'no uuid'],
    [{ type: 'string', format: 'uuid' }, '00000000-0000-0000-0000-000000000000', undefined],
    [{ type: 'string', format: 'date' }, '1.2.2026', 'no date'],
    [{ type: 'string', format: 'date-time' }, '2026-02-01T12:30:00Z', undefined],
    [{ type: 'string', format: 'date-time' }, '2026-02-01', 'no date-time'],
    [{ type: 'string', format: 'email' }, 'ada', 'no email'],
    [{ type: 'string', format: 'uri' }, 'example.com', 'no uri'],
    [{ type: 'string', format: 'uri' }, 'mailto:ada@example.com', undefined],
    [{ type: 'string', format: 'constructor' }, 'x', undefined],
    [{ type: 'integer', minimum: 1, maximum: 5 }, 9, 'not 1 to 5'],
    [{ type: 'integer' }, 1.5, 'not a whole number'],
    [{ type: 'number' }, 'many', 'not a number'],
    [{ type: 'number', exclusiveMaximum: 1 }, 1, 'not below 1'],
    [{ type: 'string', minLength: 2 }, '', undefined],
    [{ type: 'string', minLength: 2 }, undefined, undefined],
  ])('%j and %j disagree: %s', (schema, value, words) => {
    expect(disagreement(one(schema), value)).toBe(words)
  })
})

it('a schema as lines for people names what lies within as well', () => {
  expect(describeField(fieldOf(schemas.list_notes.output.schema)).map(({ path, type }) => [path, type])).toEqual([
    ['notes', 'list of objects'],
    ['notes[].id', 'text, uuid'],
    ['notes[].title', 'text'],
    ['notes[].createdAt', 'text, date-time'],
  ])
})
