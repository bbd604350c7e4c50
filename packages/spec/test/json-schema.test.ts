import { describe, expect, it } from 'vitest'
import { type JsonSchemaObject, jsonSchema } from '../dist/index.js'

const validate = (schema: JsonSchemaObject, value: unknown): unknown => jsonSchema(schema)['~standard'].validate(value)
const note = {
  type: 'object',
  properties: { id: { type: 'string', format: 'uuid' }, tags: { type: 'array', items: { type: 'string' } } },
  required: ['id'],
  additionalProperties: false,
}

describe('a raw JSON Schema', () => {
  it('hands on what it allows, as it came', () => {
    const value = { id: '3f0b3c0e-6f0e-4e0e-8e0e-6f0e4e0e8e0e', tags: ['a'] }
    expect(validate(note, value)).toEqual({ value })
  })

  it.each([
    ['a missing property', {}, { path: [], message: "must have required property 'id'" }],
    ['a format', { id: 'x' }, { path: ['id'], message: 'must match format "uuid"' }],
    [
      'an undeclared property',
      { id: '3f0b3c0e-6f0e-4e0e-8e0e-6f0e4e0e8e0e', 'a/b~c': 1 },
      { path: ['a/b~c'], message: 'must NOT have additional properties' },
    ],
    [
      'an item',
      { id: '3f0b3c0e-6f0e-4e0e-8e0e-6f0e4e0e8e0e', tags: [1] },
      { path: ['tags', '0'], message: 'must be string' },
    ],
  ])('says where and why it refuses: %s', (_, value, issue) => {
    expect(validate(note, value)).toEqual({ issues: [issue] })
  })

  it('TO-08: reads 2020-12', () => {
    const pair = { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }], items: false, minItems: 2 }
    expect(validate(pair, ['a', 1])).toHaveProperty('value')
    expect(validate(pair, ['a', 1, 2])).toHaveProperty('issues')
    const closed = { allOf: [{ properties: { a: {} } }], unevaluatedProperties: false }
    expect(validate(closed, { a: 1 })).toHaveProperty('value')
    expect(validate(closed, { b: 1 })).toHaveProperty('issues')
  })

  it.each([
    ['a misspelt keyword', { typ: 'object' }, /unknown keyword: "typ"/],
    ['a misspelt type', { type: 'objec' }, /schema is invalid/],
    ['a misspelt format', { type: 'string', format: 'emial' }, /unknown format "emial"/],
    ['a keyword of OpenAPI', { type: 'string', nullable: true }, /unknown keyword: "nullable"/],
    ['an answer that is a promise', { $async: true, type: 'string' }, /unknown keyword: '\$async'/],
    ['another document', { $ref: 'https://schemas.example/note.json' }, /can't resolve reference/],
    ['another dialect', { $schema: 'http://json-schema.org/draft-07/schema#' }, /no schema with key or ref/],
    ['a reference to nothing', { $ref: '#/$defs/Note' }, /can't resolve reference/],
  ])('TO-09, TO-11: accepts nothing, and describes nothing, when it is none: %s', (_, schema, message) => {
    expect(() => validate(schema, 'a')).toThrow(message)
    const described = jsonSchema(schema)['~standard'] as unknown as { jsonSchema: { input: () => unknown } }
    expect(() => described.jsonSchema.input()).toThrow(message)
  })
})
