import { describe, expect, it, test } from 'vitest'
import { z } from 'zod'
import { zodToJsonSchema } from 'zod-to-json-schema'
import { z as z3 } from 'zod3'
import { jsonSchema } from '../../spec/src/index.js'
import type { ObjectSchema, ParsingSchema, WireSchema } from '../src/index.js'
import { keepDeclared } from '../src/mcp/keep-declared.js'
import { shapeOutput } from '../src/mcp/shape-output.js'
import type { PreparedTool } from '../src/mcp/tool-catalogue.js'
import { createHarness, legacy, modern } from './support/harness.js'

type Json = Readonly<Record<string, unknown>>

function toolWith(output: ParsingSchema, json: Json, wrapped: string | null = null): PreparedTool {
  const object = { type: 'object', properties: { [wrapped ?? '']: json }, additionalProperties: false } as const
  const wire: WireSchema = { schema: wrapped === null ? (json as ObjectSchema) : object, wrapped }
  return {
    kind: 'tool',
    name: 'leak',
    module: { output, run: () => null },
    input: wire,
    output: wire,
    argumentHeaders: [],
    isRuled: false,
    uses: [],
    downstream: [],
  }
}

const zod = (schema: z.ZodType, wrapped: string | null = null): PreparedTool =>
  toolWith(schema as ParsingSchema, z.toJSONSchema(schema, { io: 'output' }), wrapped)
const zod3 = (schema: z3.ZodTypeAny): PreparedTool =>
  toolWith(schema as unknown as ParsingSchema, zodToJsonSchema(schema as never) as Json)
const raw = (schema: Json, wrapped: string | null = null): PreparedTool =>
  toolWith(jsonSchema(schema) as ParsingSchema, schema, wrapped)

/** A library that says what it has, and hands on whatever it gets. */
const careless = (json: Json, wrapped: string | null = null): PreparedTool =>
  toolWith({ '~standard': { version: 1, vendor: 'careless', validate: (value) => ({ value }) } }, json, wrapped)

const User = z.object({ id: z.string() })
const User3 = z3.object({ id: z3.string() })
const user = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'], additionalProperties: false }
const row = { id: '7', password: 'hunter2' }
const clean = { id: '7' }

type Tree = { id: string; children: Tree[] }
const Tree: z.ZodType<Tree> = z.lazy(() => z.object({ id: z.string(), children: z.array(Tree) }))

class Entity {
  readonly id: string = '7'
  readonly password: string = 'hunter2'
  get token(): string {
    return 'hunter2'
  }
  toJSON(): object {
    return { id: this.id, password: this.password }
  }
}

describe('a column that the output does not declare does not leave', () => {
  it.each<[string, PreparedTool, unknown, unknown]>([
    ['at the root', zod(User), row, clean],
    ['within an object', zod(z.object({ user: User })), { user: row }, { user: clean }],
    ['in a list', zod(z.object({ users: z.array(User) })), { users: [row, row] }, { users: [clean, clean] }],
    ['in a list at the root', zod(z.array(User), 'value'), [row], { value: [clean] }],
    ['in a map', zod(z.object({ users: z.record(z.string(), User) })), { users: { a: row } }, { users: { a: clean } }],
    ['in a map at the root', zod(z.record(z.string(), User)), { a: row }, { a: clean }],
    ['in a tuple', zod(z.object({ pair: z.tuple([User, z.string()]) })), { pair: [row, 'a'] }, { pair: [clean, 'a'] }],
    ['behind null', zod(z.object({ user: User.nullable() })), { user: row }, { user: clean }],
    ['where it may be absent', zod(z.object({ user: User.optional() })), { user: row }, { user: clean }],
    ['in an alternative', zod(z.object({ user: z.union([z.string(), User]) })), { user: row }, { user: clean }],
    [
      'that another alternative has',
      zod(
        z.object({
          user: z.discriminatedUnion('kind', [
            z.object({ kind: z.literal('guest'), id: z.string() }),
            z.object({ kind: z.literal('self'), id: z.string(), password: z.string() }),
          ]),
        }),
      ),
      { user: { kind: 'guest', ...row } },
      { user: { kind: 'guest', ...clean } },
    ],
    [
      'in an intersection',
      zod(z.object({ user: User.and(z.object({ name: z.string() })) })),
      { user: { ...row, name: 'Ada' } },
      { user: { ...clean, name: 'Ada' } },
    ],
    [
      'in a tree',
      zod(Tree),
      { ...row, children: [{ ...row, children: [] }] },
      { ...clean, children: [{ ...clean, children: [] }] },
    ],
    ['after a pipe', zod(z.object({ user: z.unknown().pipe(User) })), { user: row }, { user: clean }],
    ['of an object of a class', zod(User), new Entity(), clean],
    ['called __proto__', zod(User), JSON.parse('{"id":"7","__proto__":{"password":"hunter2"}}'), clean],
    ['of Zod 3', zod3(z3.object({ users: z3.array(User3) })), { users: [row] }, { users: [clean] }],
    ['of Zod 3, in a union', zod3(z3.object({ user: z3.union([z3.string(), User3]) })), { user: row }, { user: clean }],
    ['of a raw JSON Schema', raw(user), row, clean],
    ['of a raw JSON Schema, in a list', raw({ type: 'array', items: user }, 'value'), [row], { value: [clean] }],
    [
      'of a raw JSON Schema, behind a reference',
      raw({
        type: 'object',
        properties: { a: { $ref: '#/$defs/user' } },
        additionalProperties: false,
        $defs: { user },
      }),
      { a: row },
      { a: clean },
    ],
    ['though the library keeps it', careless(user), row, clean],
    [
      'though the library keeps it, in a list',
      careless({ type: 'array', items: user }, 'value'),
      [row],
      { value: [clean] },
    ],
    ['though an object of a class writes itself', careless(user), new Entity(), clean],
    ['though the schema was declared as loose', zod(z.looseObject({ id: z.string() })), row, clean],
    [
      'though it takes the place of a text',
      careless({ type: 'object', properties: { id: { type: 'string' } } }),
      { id: row },
      { id: {} },
    ],
    [
      'though the schema does not say of what a list is',
      careless({ type: 'object', properties: { l: { type: 'array' } } }),
      { l: [row, 1] },
      { l: [{}, 1] },
    ],
  ])('%s', async (_, tool, value, expected) => {
    const { structuredContent, content } = await shapeOutput(tool, value)
    expect(structuredContent).toEqual(expected)
    expect(content).toEqual([{ type: 'text', text: JSON.stringify(expected) }])
  })
})

describe('what is not the output is nobody’s', () => {
  it.each<[string, PreparedTool, unknown, string]>([
    ['a wrong type', zod(z.object({ count: z.number() })), { count: 'hunter2' }, 'count: '],
    ['a wrong type within', zod(z.object({ users: z.array(User) })), { users: [{ id: 7 }] }, 'users.0.id: '],
    ['no object', zod(User), null, 'value: '],
    ['a strict object with more', zod(z.strictObject({ id: z.string() })), row, 'password'],
    [
      'a word of no list, quoted by Zod 3',
      zod3(z3.object({ kind: z3.enum(['a']) })),
      { kind: 'hunter2' },
      'kind: is not what',
    ],
    ['a wrong type, of a raw JSON Schema', raw(user), { id: 7 }, 'id: must be string'],
    ['nothing, of a raw JSON Schema', raw(user), undefined, 'value: '],
    [
      'a mixture of two alternatives, of a raw JSON Schema',
      raw(
        {
          anyOf: [
            user,
            {
              ...user,
              properties: { ...user.properties, password: { type: 'string' }, own: { type: 'boolean' } },
              required: ['own'],
            },
          ],
        },
        'value',
      ),
      row,
      'value: ',
    ],
  ])('%s', async (_, tool, value, message) => {
    const answer = shapeOutput(tool, value)
    await expect(answer).rejects.toThrow(TypeError)
    await expect(answer).rejects.toThrow(message)
    await expect(answer).rejects.not.toThrow('hunter2')
  })

  it('is an error of the server: the log names the tool, the client gets a reference', async () => {
    const harness = await createHarness({
      tools: {
        leak: {
          access: { access: 'authenticated' },
          output: z.object({ count: z.number() }),
          run: () => ({ count: 'hunter2', password: 'hunter2' }),
        },
      },
    })
    for (const call of [modern, legacy]) {
      const { body, text } = await call(harness.app, 'tools/call', { name: 'leak' }, { token: await harness.token() })
      expect(body.result.isError).toBe(true)
      expect(body.result).not.toHaveProperty('structuredContent')
      expect(text).not.toContain('hunter2')
    }
    expect(harness.log()).toContain('the tool leak failed')
    expect(harness.log()).toContain('count: Invalid input: expected number, received string')
    expect(harness.log()).not.toContain('hunter2')
    await harness.close()
  })
})

test('a raw JSON Schema is what the server validates by, in and out', async () => {
  const harness = await createHarness({
    tools: {
      find: {
        access: { access: 'authenticated' },
        input: jsonSchema({ ...user, properties: { id: { type: 'string', pattern: '^[0-9]+$' } } }),
        output: jsonSchema(user),
        run: (input: unknown) => ({ ...(input as object), password: 'hunter2' }),
      },
    },
  })
  const token = await harness.token()
  for (const call of [modern, legacy]) {
    const ask = async (given: object) => call(harness.app, 'tools/call', { name: 'find', arguments: given }, { token })
    const good = await ask({ id: '7' })
    expect(good.body.result).toMatchObject({ structuredContent: clean, content: [{ text: '{"id":"7"}' }] })
    expect(good.text).not.toContain('hunter2')
    for (const [given, problem] of [
      [{}, "arguments: must have required property 'id'"],
      [{ id: 'x' }, 'id: must match pattern "^[0-9]+$"'],
      [{ id: '7', admin: true }, 'admin: must NOT have additional properties'],
    ] as const) {
      const { result } = (await ask(given)).body
      expect([result.isError, result.content[0].text]).toEqual([
        true,
        `The arguments of find are not valid:\n- ${problem}`,
      ])
    }
  }
  await harness.close()
})

test('a raw JSON Schema is what the arguments of a prompt and the variables of a URI are validated by, too', async () => {
  const digits = { type: 'string', pattern: '^[0-9]+$' }
  const args = { type: 'object', properties: { id: digits }, required: ['id'], additionalProperties: false }
  const access = { access: 'authenticated' } as const
  const harness = await createHarness({
    offers: {
      prompts: {
        ask: {
          access,
          arguments: [{ name: 'id', required: true }],
          module: { arguments: jsonSchema(args), run: ({ id }: { id: string }) => `Ask ${id}` },
        },
      },
      resources: {
        note: {
          access,
          uri: 'notes://note/{id}',
          module: { variables: { id: jsonSchema(digits) }, read: ({ id }: { id: string }) => `Note ${id}` },
        },
      },
    },
  })
  const token = await harness.token()
  for (const ask of [modern, legacy]) {
    const got = (given: object) => ask(harness.app, 'prompts/get', { name: 'ask', arguments: given }, { token })
    const read = (uri: string) => ask(harness.app, 'resources/read', { uri }, { token })
    expect((await got({ id: '7' })).body.result.messages[0].content.text).toBe('Ask 7')
    const refused = (await got({ id: 'x' })).body.error
    expect(refused).toMatchObject({ code: -32602 })
    expect(refused.message).toContain('- id: must match pattern "^[0-9]+$"')
    expect((await got({})).body.error.message).toContain("must have required property 'id'")
    expect((await read('notes://note/7')).body.result.contents[0].text).toBe('Note 7')
    expect((await read('notes://note/x')).body).toHaveProperty('error')
    expect((await read('notes://note/x')).body).not.toHaveProperty('result')
  }
  await harness.close()
})

describe('what a schema declares', () => {
  it.each<[string, Json, unknown, unknown]>([
    [
      'a property called __proto__',
      { properties: JSON.parse('{"__proto__":{"type":"string"}}') },
      JSON.parse('{"__proto__":"a","b":1}'),
      JSON.parse('{"__proto__":"a"}'),
    ],
    [
      'a property by its pattern',
      { patternProperties: { '^x-': { type: 'string' } }, additionalProperties: false },
      { 'x-a': 'b', c: 'd' },
      { 'x-a': 'b' },
    ],
    [
      'a property of a part',
      { allOf: [{ properties: { a: {} } }, { properties: { b: {} } }] },
      { a: 1, b: 2, c: 3 },
      { a: 1, b: 2 },
    ],
    [
      'a property on a condition',
      JSON.parse('{"if":{"properties":{"k":{}}},"then":{"properties":{"a":{}}}}'),
      { k: 1, a: 2, b: 3 },
      { k: 1, a: 2 },
    ],
    ['a property that must not be', { properties: { a: false, b: {} } }, { a: 1, b: 2 }, { b: 2 }],
    ['a place of a list', { prefixItems: [user], items: { type: 'number' } }, [row, 1], [clean, 1]],
    [
      'a circle',
      { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b', properties: { x: {} } }, b: { $ref: '#/$defs/a' } } },
      { x: 1, y: 2 },
      { x: 1 },
    ],
    [
      'what a dynamic reference leads to',
      { additionalProperties: { $dynamicRef: '#/$defs/a' }, $defs: { a: { properties: { x: {} } } } },
      { any: { x: 1, y: 2 } },
      { any: { x: 1 } },
    ],
    ['nothing', {}, { a: 1 }, {}],
  ])('%s is kept, the rest is not', (_, schema, value, expected) => {
    const kept = keepDeclared(value, schema)
    expect(JSON.stringify(kept)).toBe(JSON.stringify(expected))
  })
})
