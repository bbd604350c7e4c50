import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineServices, defineTool, ToolError } from '../../spec/src/index.js'
import type { Policy, Schemas, ServerDefinition, Tools } from '../src/index.js'
import { mcpPlugin, serverFactory } from '../src/index.js'
import { createHarness, modern } from './support/harness.js'

/** The generated files, as a compiler sees them: what the DSL makes fits into what the runtime takes. */
const policy = {
  server: { name: 'notes', version: '1.0.0' },
  resource: { env: 'MCP_RESOURCE', development: 'http://localhost:3000/mcp' },
  issuers: [
    {
      issuer: { env: 'MCP_AUTH_ISSUER', development: 'http://localhost:4000' },
      tokens: {
        form: 'opaque',
        introspection: {
          clientId: 'mcp-resource-server',
          clientSecret: { env: 'MCP_INTROSPECTION_SECRET', developmentFile: '.mcp-secure/introspection-secret' },
        },
      },
    },
  ],
  scopes: { 'notes:read': { description: 'Read notes', baseline: true, implies: [] } },
  tools: { find: { access: 'authenticated' } },
} as const satisfies Policy

const schemas = {
  find: {
    description: 'Find a note',
    input: { schema: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] }, wrapped: null },
    output: { schema: { type: 'object', properties: { text: { type: 'string' } } }, wrapped: null },
  },
} as const satisfies Schemas

const find = defineTool({
  description: 'Find a note',
  access: 'authenticated',
  input: z.object({ id: z.string() }),
  output: z.object({ text: z.string() }),
  run({ id }, { caller }) {
    if (id === 'none') throw new ToolError(`There is no note ${id}.`)
    return { text: `${caller.subject}: ${id}` }
  },
})

const tools = { find } satisfies Tools
const services = defineServices({ open: async () => ({ db: 1 }), close: async ({ db }) => void db })
const definition = { policy, schemas, tools, services }

test('what the DSL and the generator write is a definition', () => {
  const fits: ServerDefinition = definition
  expect(fits).toBe(definition)
  expect([serverFactory(definition), mcpPlugin(definition)].every((made) => typeof made === 'function')).toBe(true)
})

test('a ToolError of the DSL is told to the model', async () => {
  const harness = await createHarness({
    tools: {
      find: { access: { access: 'authenticated' }, input: find.input, output: find.output, run: find.run } as never,
    },
  })
  const ask = async (id: string): Promise<string> => {
    const answer = await modern(
      harness.app,
      'tools/call',
      { name: 'find', arguments: { id } },
      { token: await harness.token() },
    )
    return answer.body.result.content[0].text
  }
  expect(await ask('7')).toBe('{"text":"ada: 7"}')
  expect(await ask('none')).toBe('There is no note none.')
  await harness.close()
})
