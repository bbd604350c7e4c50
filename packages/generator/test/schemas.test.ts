import { join } from 'node:path'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { createJiti } from 'jiti'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ZodType } from 'zod'
import { build } from '../dist/build.js'
import { get, put, SERVER, temporaryProject } from './support/project.js'

/**
 * What clients are told and what the parser does, compared value by value: what
 * the parser takes has to be valid for clients, as an input and as an output.
 */
const schemas: Readonly<Record<string, string>> = {
  'an object': `z.object({ a: z.string(), b: z.number().optional() })`,
  'an object that drops nothing': `z.looseObject({ a: z.string() })`,
  'a strict object': `z.strictObject({ a: z.string() })`,
  'a catchall': `z.object({ a: z.string() }).catchall(z.number())`,
  'a union': `z.union([z.string(), z.object({ a: z.string() })])`,
  'a discriminated union': `z.discriminatedUnion('k', [z.object({ k: z.literal('a') }), z.object({ k: z.literal('b'), a: z.string() })])`,
  'an intersection': `z.object({ a: z.string() }).and(z.object({ b: z.number() }))`,
  'an intersection of a named part': `z.object({ a: z.string() }).meta({ id: 'Part' }).and(z.object({ b: z.number() }))`,
  'an intersection within': `z.object({ n: z.object({ a: z.string() }).meta({ id: 'Inner' }).and(z.object({ b: z.number() }).meta({ id: 'Other' })) })`,
  'an intersection with a record': `z.intersection(z.object({ a: z.string() }), z.record(z.string(), z.string()))`,
  'an intersection of strict objects': `z.strictObject({ a: z.string() }).and(z.strictObject({ b: z.number() }))`,
  'a nullable root': `z.object({ a: z.string() }).nullable()`,
  'an empty tuple': `z.object({ t: z.tuple([]) })`,
  'a tuple with a rest': `z.tuple([z.string()], z.number())`,
  'a record of an enum': `z.partialRecord(z.enum(['a', 'b']), z.number())`,
  'a pattern that counts code points': `z.object({ a: z.string().regex(/^.$/u) })`,
  'a lazy tree': `(() => { const L = z.object({ a: z.string(), get n() { return L.optional() } }); return L })()`,
  'a named tree, twice': `(() => { const L = z.object({ a: z.string(), get n() { return L.optional() } }).meta({ id: 'Tree' }); return z.object({ n: L, m: L.optional() }) })()`,
  'mutual recursion': `(() => { const A = z.object({ get n() { return B.optional() } }); const B = z.object({ a: z.string(), get n() { return A.optional() } }); return A })()`,
  'names full of slashes': `(() => { const L = z.object({ 'a/b~c': z.string().optional(), get 'x/y~z'() { return z.object({ q: L.optional() }).optional() } }); return L })()`,
  'names of prototypes': `z.object({ constructor: z.string(), value: z.string(), '': z.string() })`,
  'a property called $ref': `z.object({ $ref: z.string(), properties: z.number() }).partial()`,
  'several literals': `z.object({ a: z.literal(['x', 1, null]) })`,
  'Zod 3: an object': `z3.object({ a: z3.string(), b: z3.number().optional() })`,
  'Zod 3: an intersection': `z3.object({ a: z3.string() }).and(z3.object({ b: z3.number() }))`,
  'Zod 3: a tuple': `z3.tuple([z3.string(), z3.number()])`,
  'Zod 3: the same object thrice': `(() => { const A = z3.object({ a: z3.string() }); return z3.object({ a: z3.array(A), b: A.optional() }) })()`,
  'zod/mini: an object': `mini.object({ a: mini.string(), b: mini.optional(mini.number()) })`,
}

/** Fine as inputs; as outputs they would let through what they do not name. */
const open = ['an object that drops nothing', 'a catchall', 'an intersection with a record']

const values: readonly unknown[] =
  JSON.parse(`[null, true, 0, 5, "", "a", "x", "🏳", "ab", [], ["a"], ["a", 1], ["a", 1, 1], [1], {},
  {"a": "x"}, {"a": 1}, {"a": null}, {"a": "🏳"}, {"a": "x", "b": 1}, {"a": "x", "b": "y"}, {"a": "x", "z": 1}, {"a": "x", "z": "y"},
  {"b": 1}, {"b": 1, "a": 2}, {"a": 1, "b": 2}, {"k": "a"}, {"k": "b"}, {"k": "b", "a": "x"}, {"t": []}, {"t": [1]},
  {"n": {"a": "x"}}, {"n": {"a": 1}}, {"n": {"a": "x", "b": 1}}, {"a": "x", "n": {"a": "y"}}, {"a": "x", "n": {}},
  {"n": {"a": "x", "n": {"n": {"a": "y"}}}}, {"n": {"a": "x", "n": {"n": {"a": 1}}}}, {"n": {"a": "x"}, "m": {"a": "y", "n": {"a": "z"}}},
  {"a/b~c": "x"}, {"a/b~c": 1}, {"x/y~z": {"q": {"a/b~c": "y"}}}, {"x/y~z": {"q": {"a/b~c": 1}}},
  {"constructor": "x", "value": "x", "": "x"}, {"$ref": "x"}, {"$ref": 1}, {"properties": 1},
  {"a": [{"a": "x"}], "b": {"a": "x"}}, {"a": [{"a": 1}]}, {"a": [], "b": {}}]`)

interface Side {
  readonly schema: Record<string, unknown>
  readonly wrapped: 'value' | null
}

let generated: Readonly<Record<string, { input: Side; output: Side | null }>>
let project: string

beforeAll(async () => {
  // Those that take references, because some of these schemas need them.
  const server = SERVER.replace('auth:', "clients: ['chatgpt', 'codex', 'sdk'],\n  auth:")
  project = temporaryProject({ 'mcp/server.ts': server })
  for (const [index, [title, schema]] of Object.entries(schemas).entries()) {
    const output = open.includes(title) ? '' : 'output: schema, '
    put(
      project,
      `mcp/tools/tool-${index}.ts`,
      `import { defineTool } from '@mcp-secure/spec'
import { z } from 'zod'
import * as mini from 'zod/mini'
import { z as z3 } from 'zod3'
void [z, mini, z3]
export const schema = ${schema}
export default defineTool({ description: 'd', access: 'authenticated', input: schema, ${output}run: () => null as never })
`,
    )
  }
  const { diagnostics } = await build({ project })
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  const text = get(project, 'generated/schemas.gen.ts')
  // biome-ignore lint/security/noGlobalEval: the literal that this very package wrote
  generated = globalThis.eval(`(${text.slice(text.indexOf('= {') + 2, text.lastIndexOf('as const'))})`)
})

describe.each(Object.keys(schemas).map((title, index) => ({ title, index })))('$title', ({ title, index }) => {
  const sides = () => generated[`tool_${index}`] as (typeof generated)[string]
  const validator = ({ schema }: Side) => {
    const ajv = addFormats.default(new Ajv2020.default({ strict: false }))
    expect(ajv.validateSchema(schema), ajv.errorsText()).toBe(true)
    return ajv.compile(schema)
  }
  const travelling = ({ wrapped }: Side, value: unknown) => (wrapped === null ? value : { [wrapped]: value })
  const load = async () => {
    const jiti = createJiti(join(project, 'test.js'), { fsCache: false, interopDefault: false })
    return (await jiti.import<{ schema: ZodType }>(join(project, `mcp/tools/tool-${index}.ts`))).schema
  }

  it('tells clients to send what the parser takes, and nothing else', async () => {
    const { input } = sides()
    const isValid = validator(input)
    const schema = await load()
    const verdicts = values.map((value) => [value, schema.safeParse(value).success])
    expect(values.map((value) => [value, isValid(travelling(input, value))])).toEqual(verdicts)
    expect(verdicts.some(([, accepts]) => accepts)).toBe(true)
  })

  it('gives clients only what it told them', async () => {
    const { output } = sides()
    if (output === null) return expect(open).toContain(title)
    const isValid = validator(output)
    const schema = await load()
    for (const value of values) {
      const { success, data } = schema.safeParse(value)
      if (success) expect([data, isValid(travelling(output, data))]).toEqual([data, true])
    }
  })
})
