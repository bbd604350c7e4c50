import { cpSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { build } from '../dist/build.js'
import { copyOf, filesIn, get, put, testDirectory } from './support/project.js'

const GOLDEN = join(testDirectory, 'golden')
const UPDATES = process.env.UPDATE_GOLDEN === '1'

describe.concurrent.each(readdirSync(GOLDEN))('the project %s', (name) => {
  const golden = join(GOLDEN, name)

  it('is generated as it was agreed', async () => {
    const project = copyOf(golden)
    rmSync(join(project, 'generated'), { recursive: true, force: true })
    const { diagnostics } = await build({ project })
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    if (UPDATES) {
      rmSync(join(golden, 'generated'), { recursive: true, force: true })
      cpSync(join(project, 'generated'), join(golden, 'generated'), { recursive: true })
    }
    expect(filesIn(join(project, 'generated'))).toEqual(filesIn(join(golden, 'generated')))
    for (const file of filesIn(join(golden, 'generated'))) {
      expect(get(project, `generated/${file}`), file).toBe(get(golden, `generated/${file}`).replace(/\r\n/g, '\n'))
    }
  })

  it('is not written again when nothing changed, whatever its line ends', async () => {
    const project = copyOf(golden)
    for (const file of filesIn(project)) put(project, file, get(project, file).replace(/\r?\n/g, '\r\n'))
    const { files } = await build({ project })
    expect(files.length).toBeGreaterThan(0)
    expect(files.filter(({ action }) => action !== 'unchanged')).toEqual([])
  })
})

describe('the schemas of the projects shapes and recursive', () => {
  interface Side {
    readonly schema: { readonly type: string } & Record<string, unknown>
    readonly wrapped: string | null
  }
  type Schemas = Record<string, { input: Side; output: Side | null }>
  const schemas = { ...read('shapes'), ...read('recursive') }
  function read(name: string): Schemas {
    const text = get(join(GOLDEN, name), 'generated/schemas.gen.ts')
    const object = text.slice(text.indexOf('= {') + 2, text.lastIndexOf('as const'))
    // biome-ignore lint/security/noGlobalEval: the literal that this very package wrote
    return globalThis.eval(`(${object})`) as Schemas
  }
  const sides = Object.entries(schemas).flatMap(([name, { input, output }]) => [
    { title: `input of ${name}`, side: input },
    ...(output === null ? [] : [{ title: `output of ${name}`, side: output }]),
  ])

  it.each(sides)('are objects at the root, without combinators there: $title', ({ side: { schema } }) => {
    expect(schema.type).toBe('object')
    expect(Object.keys(schema)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(?:\$ref|anyOf|oneOf|allOf|not|if|enum|const|\$schema)$/)]),
    )
  })

  it.each(sides)('are valid JSON Schema 2020-12 with resolvable references: $title', ({ side: { schema } }) => {
    const ajv = addFormats.default(new Ajv2020.default({ strict: false }))
    expect(ajv.validateSchema(schema), ajv.errorsText()).toBe(true)
    expect(() => ajv.compile(schema)).not.toThrow()
  })

  it('accept what a client sends and refuse what it must not', () => {
    const ajv = addFormats.default(new Ajv2020.default({ strict: false }))
    const accepts = (name: string, value: unknown) => ajv.validate(schemas[name]?.input.schema ?? false, value)
    expect(accepts('union', { value: 'text' })).toBe(true)
    expect(accepts('union', 'text')).toBe(false)
    expect(accepts('union', { value: true })).toBe(false)
    expect(accepts('union', {})).toBe(false)
    expect(accepts('discriminated', { value: { kind: 'a', a: 'x' } })).toBe(true)
    expect(accepts('discriminated', { value: { kind: 'a', b: 1 } })).toBe(false)
    expect(accepts('recursive', { name: 'a', children: [{ name: 'b', children: [] }] })).toBe(true)
    expect(accepts('recursive', { name: 'a', children: [{ children: [] }] })).toBe(false)
    expect(accepts('three', { id: crypto.randomUUID(), size: 1, pair: ['a', 1] })).toBe(true)
    expect(accepts('three', { id: crypto.randomUUID(), size: 0, pair: ['a', 1] })).toBe(false)
    expect(accepts('three', { id: crypto.randomUUID(), size: 1, pair: [1, 'a'] })).toBe(false)
    expect(accepts('three_recursive', { children: [{ children: [] }] })).toBe(true)
    expect(accepts('three_recursive', { children: [{ children: 1 }] })).toBe(false)
    expect(accepts('none', {})).toBe(true)
    expect(accepts('none', { a: 1 })).toBe(false)
    expect(accepts('proto', JSON.parse('{"__proto__":"a","constructor":"b","a-b":"c","1":"d"}'))).toBe(true)
  })

  it('keep a property called __proto__ as a property', () => {
    const properties = schemas.proto?.input.schema.properties as object
    expect(Object.keys(properties).sort()).toEqual(['1', '__proto__', 'a-b', 'constructor'])
    expect(Object.getPrototypeOf(properties)).toBe(Object.prototype)
  })
})

it('gives an empty schema when zod-to-json-schema meets Zod 4: the reason why it never does', () => {
  const require = createRequire(import.meta.url)
  const { zodToJsonSchema } = require('zod-to-json-schema') as { zodToJsonSchema(schema: unknown): object }
  const { z } = require('zod') as typeof import('zod')
  expect(zodToJsonSchema(z.object({ a: z.string() }))).not.toHaveProperty('properties')
})
