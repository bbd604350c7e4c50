import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Client as ClientV2, InMemoryTransport as TransportV2 } from '@modelcontextprotocol/client'
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport as TransportV1 } from '@modelcontextprotocol/sdk/inMemory.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { convertSchema } from '../dist/analyse/convert-schema.js'
import { CLIENT_LIMITS, type ClientLimit } from '../dist/check/client-limits.js'
import { excessesOf, partsOf } from '../dist/check/limit-kinds.js'
import { CLIENTS } from '../dist/model/clients.js'
import { portableSchema } from '../dist/model/portable/portable-schema.js'
import type { WireSchema } from '../dist/model/server-model.js'
import { toWireSchema } from '../dist/model/wire-schema.js'
import { get, testDirectory } from './support/project.js'
import { closed, schemas, valuesOf, zod3Of, zod4Of } from './support/schema-ast.js'

interface Tool {
  readonly name: string
  readonly input: WireSchema
  readonly output: WireSchema | null
  /** What a call of it returns: something that its output declares. */
  readonly result?: unknown
}

const root = join(testDirectory, '..', '..', '..')
const projects = [
  ...readdirSync(join(testDirectory, 'golden')).map((name) => `packages/generator/test/golden/${name}`),
  ...readdirSync(join(root, 'examples')).map((name) => `examples/${name}`),
]

function toolsOf(project: string): readonly Tool[] {
  const text = get(join(root, project), 'generated/schemas.gen.ts')
  // biome-ignore lint/security/noGlobalEval: the literal that this very package wrote
  const read = globalThis.eval(
    `(${text.slice(text.indexOf('= {') + 2, text.indexOf(' as const satisfies Schemas\n'))})`,
  )
  const tools = Object.entries(read as Record<string, Omit<Tool, 'name'>>).map(([name, tool]) => ({ name, ...tool }))
  // A property called __proto__, which both clients leave out when they read a list.
  return tools.filter(({ name }) => name !== 'proto')
}

async function generatedTools(count: number): Promise<readonly Tool[]> {
  const made = fc.sample(
    schemas.chain((ast) => fc.record({ ast: fc.constant(closed(ast)), value: valuesOf(closed(ast)) })),
    { numRuns: count, seed: 11 },
  )
  return Promise.all(
    made.map(async ({ ast, value }, index) => {
      const schema = index % 2 === 0 ? zod4Of(ast) : zod3Of(ast)
      const output = await wireOf(schema, 'output')
      const { data } = schema.safeParse(JSON.parse(JSON.stringify(value)))
      const result = output.wrapped === null ? data : { [output.wrapped]: data }
      return { name: `tool_${index}`, input: await wireOf(schema, 'input'), output, result }
    }),
  )
}

async function wireOf(schema: object, side: 'input' | 'output'): Promise<WireSchema> {
  const outcome = await convertSchema(schema, side, () => Promise.reject(new Error('Zod brings its own')))
  if ('problem' in outcome) throw new Error(outcome.problem)
  return toWireSchema(portableSchema(outcome.schema, side), side)
}

/** A server that has these tools, as far as a client asks. */
function answer(tools: readonly Tool[], { method, params }: { method: string; params?: { name?: string } }): unknown {
  if (method === 'initialize') {
    return {
      protocolVersion: '2025-11-25',
      capabilities: { tools: {} },
      serverInfo: { name: 'sample', version: '1.0.0' },
    }
  }
  if (method === 'tools/list') {
    return {
      tools: tools.map(({ name, input, output }) => ({
        name,
        description: 'A tool',
        inputSchema: input.schema,
        ...(output === null ? {} : { outputSchema: output.schema }),
      })),
    }
  }
  const tool = tools.find(({ name }) => name === params?.name)
  if (method !== 'tools/call' || tool === undefined) return undefined
  return { content: [{ type: 'text', text: '' }], structuredContent: tool.result ?? { not: 'declared' } }
}

type Message = { readonly id?: string | number; readonly method: string; readonly params?: { name?: string } }

async function connect(version: 'v1' | 'v2', tools: readonly Tool[]): Promise<ClientV1 | ClientV2> {
  const [near, far] = version === 'v1' ? TransportV1.createLinkedPair() : TransportV2.createLinkedPair()
  far.onmessage = (raw: unknown) => {
    const { id, ...message } = raw as Message
    if (id === undefined) return
    const result = answer(tools, message)
    const error = { code: -32601, message: 'Method not found' }
    void far.send({ jsonrpc: '2.0', id, ...(result === undefined ? { error } : { result }) } as never)
  }
  await far.start()
  const client =
    version === 'v1' ? new ClientV1({ name: 'a', version: '1' }) : new ClientV2({ name: 'a', version: '1' })
  await client.connect(near as never)
  return client
}

describe.each(['v1', 'v2'] as const)('the official client, %s', (version) => {
  it.each(projects)('lists every tool of %s, with the schemas as they are', async (project) => {
    const tools = toolsOf(project)
    const client = await connect(version, tools)
    const listed = await client.listTools()
    expect(listed.tools.map(({ name, inputSchema, outputSchema }) => [name, inputSchema, outputSchema])).toEqual(
      tools.map(({ name, input, output }) => [name, input.schema, output?.schema]),
    )
    for (const { name } of tools.filter(({ output }) => output !== null)) {
      await expect(client.callTool({ name }), `${name} returns what is not declared`).rejects.toThrow(/schema/)
    }
    await client.close()
  })

  it('lists 100 generated tools, and takes what they return', async () => {
    const tools = await generatedTools(100)
    const client = await connect(version, tools)
    expect((await client.listTools()).tools).toHaveLength(100)
    for (const { name, result } of tools) {
      expect((await client.callTool({ name })).structuredContent).toEqual(result)
    }
    await client.close()
  })
})

describe('no limit of a client is exceeded', () => {
  it.each(projects)('by %s', (project) => {
    const server = get(join(root, project), 'mcp/server.ts')
    const named = /clients: \[(.*)\]/.exec(server)?.[1]
    const isTarget = ({ client }: ClientLimit) => named === undefined || named.includes(`'${client}'`)
    for (const { name, input, output } of toolsOf(project)) {
      for (const limit of CLIENT_LIMITS.filter(isTarget)) {
        const sides = [limit.sides.includes('input') && input, limit.sides.includes('output') && output]
        for (const side of sides)
          if (side) expect(excessesOf(partsOf(side.schema), limit), `${name}, ${limit.client}`).toEqual([])
      }
    }
  })

  it('unless a schema is made for it: each limit finds something', () => {
    const everything = {
      type: 'object',
      properties: {
        'a b': true,
        list: { type: ['array', 'null'] },
        any: {},
        ref: { $ref: '#/$defs/a' },
        o: { type: 'object' },
      },
      anyOf: [
        { prefixItems: [], items: false },
        { not: { const: 1 } },
        { type: 'array', uniqueItems: true },
        { type: 'string', pattern: '^(?!a)' },
      ],
      if: {},
      $defs: { a: { type: 'string' } },
    }
    const integer = { type: 'object', properties: { a: { anyOf: [{ type: 'integer' }, { type: 'null' }] } } }
    for (const limit of CLIENT_LIMITS) {
      const found = [everything, integer].flatMap((schema) => excessesOf(partsOf(schema), limit))
      expect(found.length, `${limit.client}: ${limit.kind}`).toBeGreaterThan(0)
      for (const { what, cure } of found) expect([what, cure].every((text) => text.length > 3)).toBe(true)
    }
  })

  it('docs/schemas.md lists each of them', () => {
    const page = get(root, 'docs/schemas.md')
    const rows = [...page.matchAll(/^\| (.+) \| (.+) \| ((?:in|out)puts.*) \|$/gm)].map(([, client, what, sides]) => ({
      client,
      what,
      sides,
    }))
    expect(rows).toEqual(
      CLIENT_LIMITS.map((limit) => ({
        client: CLIENTS[limit.client],
        what: WORDS[limit.kind](limit),
        sides: limit.sides.map((side) => `${side}s`).join(', '),
      })),
    )
  })
})

const quoted = (limit: ClientLimit): string =>
  'keywords' in limit ? limit.keywords.map((keyword) => `\`${keyword}\``).join(', ') : ''

const WORDS: { readonly [K in ClientLimit['kind']]: (limit: ClientLimit) => string } = {
  'root-keyword': (limit) => `${quoted(limit)} at the root`,
  keyword: quoted,
  reference: () => '`$ref`',
  'boolean-schema': () => '`true` or `false` as a schema',
  'list-of-types': () => 'a list of types',
  'no-type': () => 'a schema without a type',
  'array-without-items': () => 'an array without `items`',
  'tuple-closed-by-items': () => 'a tuple with `items: false`',
  'object-without-properties': () => 'an object without `properties`',
  'root-property-name': () => 'a property at the root whose name is not 1 to 64 letters, digits, `_`, `-` and `.`',
  lookaround: () => 'a pattern that looks ahead or behind',
  'integer-alternative': () => 'an integer in a union, as an argument',
}
