import { describe, expect, it } from 'vitest'
import type { Facts, JsonSchema } from '../../dist/analyse/facts.js'
import { schemaAcceptsAnything } from '../../dist/check/schema-accepts-anything.js'
import { model } from '../../dist/model/model.js'

const place = { file: 'mcp/tools/a.ts', line: 1, column: 1, length: 1 }

/** Whether the rule has a finding about a tool with this input. */
function isRefused(schema: unknown): boolean {
  const facts: Facts = {
    services: null,
    server: null,
    resources: [],
    prompts: [],
    packages: [],
    tools: [
      {
        module: 'mcp/tools/a.ts',
        place,
        access: { kind: 'public', place },
        description: 'missing',
        title: 'missing',
        annotations: null,
        hasHandler: true,
        input: { place, schema: schema as JsonSchema, isRaw: true },
        output: null,
      },
    ],
  } as unknown as Facts
  const found = schemaAcceptsAnything({ model: model(facts), existing: [] })
  expect(found.every(({ message }) => message === `input of tool 'a' accepts anything`)).toBe(true)
  return found.length > 0
}

const TEXT = { type: 'string' }
const object = (rest: object) => ({ type: 'object', ...rest })
const restrictedBy = (rest: object) => object({ additionalProperties: {}, ...rest })

describe('accepts anything, and is refused:', () => {
  it.each([
    ['no keyword', {}],
    ['true', true],
    [
      'nothing but words about it',
      {
        $comment: 'a',
        $defs: { a: TEXT },
        $id: 'a',
        $schema: 'a',
        default: 1,
        definitions: { a: TEXT },
        deprecated: true,
        description: 'a',
        examples: [1],
        id: 'a',
        readOnly: true,
        title: 'a',
        writeOnly: true,
      },
    ],
    ['anyOf with one that does', { anyOf: [TEXT, {}] }],
    ['oneOf with one that does', { oneOf: [TEXT, true] }],
    ['allOf of what does', { allOf: [{}, { title: 'a' }] }],
    ['a reference to what does', { $ref: '#/$defs/a', $defs: { a: {} } }],
    ['a reference to itself', { $ref: '#' }],
    ['references in a circle', { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } }],
    ['an object of anything', object({ additionalProperties: {} })],
    ['an object of anything, said with true', object({ additionalProperties: true })],
    ['an object of anything by a reference', object({ additionalProperties: { $ref: '#/$defs/a' }, $defs: { a: {} } })],
    ['an object of anything under any name', restrictedBy({ propertyNames: TEXT })],
    ['an object of anything under any name, said with true', restrictedBy({ propertyNames: true })],
    ['an object of anything under any name at all', restrictedBy({ propertyNames: {} })],
    ['an object of anything with no property of its own', restrictedBy({ properties: {} })],
    ['an object of anything with a description', restrictedBy({ description: 'a' })],
    ['an object of objects of anything', object({ additionalProperties: object({ additionalProperties: {} }) })],
  ])('%s', (_title, schema) => expect(isRefused(schema)).toBe(true))
})

describe('restricts, and is allowed:', () => {
  it.each([
    ['false', false],
    ['a type', TEXT],
    ['a keyword that nobody knows', { unknown: 1 }],
    ['a type beside words', { description: 'a', ...TEXT }],
    ['anyOf of what restricts', { anyOf: [TEXT, { type: 'number' }] }],
    ['anyOf of nothing', { anyOf: [] }],
    ['anyOf that is no list', { anyOf: {} }],
    ['oneOf of what restricts', { oneOf: [TEXT] }],
    ['oneOf that is no list', { oneOf: true }],
    ['allOf with one that restricts', { allOf: [{}, TEXT] }],
    ['allOf that is no list', { allOf: {} }],
    ['anyOf with what is no schema', { anyOf: [TEXT, 1] }],
    ['a type beside anyOf with one that does not', { anyOf: [{}], type: 'string' }],
    ['a reference to what restricts', { $ref: '#/$defs/a', $defs: { a: TEXT } }],
    ['a reference to nowhere', { $ref: '#/$defs/a' }],
    ['a reference that is no text', { $ref: 1 }],
    ['not', { not: {} }],
    ['an object', object({})],
    ['an object without other properties', object({ additionalProperties: false })],
    ['an object of texts', object({ additionalProperties: TEXT })],
    ['additional properties that are no schema', object({ additionalProperties: 1 })],
    ['anything but an object, with other properties', { type: 'array', additionalProperties: {} }],
    ['an object with a property', restrictedBy({ properties: { a: TEXT } })],
    ['an object whose names are restricted', restrictedBy({ propertyNames: { type: 'string', pattern: '^a$' } })],
    ['an object whose names are of another type', restrictedBy({ propertyNames: { type: 'number' } })],
    ['an object whose names are restricted otherwise', restrictedBy({ propertyNames: { format: 'string' } })],
    ['an object whose names have no schema', restrictedBy({ propertyNames: 1 })],
    ['an object with a required property', restrictedBy({ required: ['a'] })],
    ['an object with a pattern', restrictedBy({ patternProperties: { a: TEXT } })],
    ['an object with a property at least', restrictedBy({ minProperties: 1 })],
    ['an object and something else', restrictedBy({ allOf: [TEXT] })],
    ['an object or something else', restrictedBy({ anyOf: [TEXT] })],
    ['an object or else something else', restrictedBy({ oneOf: [TEXT] })],
  ])('%s', (_title, schema) => expect(isRefused(schema)).toBe(false))
})

it('says nothing of a tool without an input', () => {
  expect(
    schemaAcceptsAnything({
      model: model({ services: null, server: null, tools: [], resources: [], prompts: [], packages: [] }),
      existing: [],
    }),
  ).toEqual([])
})
