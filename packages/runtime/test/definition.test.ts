import { expect, test } from 'vitest'
import { z } from 'zod'
import {
  definePrompt,
  defineResource,
  defineServices,
  defineTool,
  PromptError,
  ResourceError,
  ToolError,
} from '../../spec/src/index.js'
import type {
  Policy,
  PromptDescriptions,
  Prompts,
  ResourceDescriptions,
  Resources,
  Schemas,
  ServerDefinition,
  Tools,
} from '../src/index.js'
import { mcpPlugin, serverFactory } from '../src/index.js'
import { createHarness, legacy, modern } from './support/harness.js'

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
  resources: {
    all: { uri: 'notes://all', access: 'public' },
    note: { uri: 'notes://note/{id}', access: 'scopes', scopes: ['notes:read'] },
  },
  prompts: { summarise: { access: 'authenticated' } },
} as const satisfies Policy

const schemas = {
  find: {
    description: 'Find a note',
    input: { schema: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] }, wrapped: null },
    output: { schema: { type: 'object', properties: { text: { type: 'string' } } }, wrapped: null },
  },
} as const satisfies Schemas

const resourceDescriptions = {
  all: { description: 'All notes' },
  note: { title: 'A note', description: 'One note', mimeType: 'text/markdown' },
} as const satisfies ResourceDescriptions

const promptDescriptions = {
  summarise: {
    description: 'Summarise a note',
    arguments: [{ name: 'id', description: 'Its id', required: true }],
  },
} as const satisfies PromptDescriptions

const all = defineResource({ uri: 'notes://all', description: 'All notes', access: 'public', read: () => 'all' })

const note = defineResource({
  uri: 'notes://note/{id}',
  description: 'One note',
  access: 'authenticated',
  variables: { id: z.string().transform(Number) },
  list: ({ caller }) => [{ variables: { id: caller.subject } }],
  complete: { id: (value, { caller, others }) => [value, caller.subject, ...Object.keys(others)] },
  read({ id }, { caller }) {
    if (Number.isNaN(id)) throw new ResourceError('The id is a number.')
    return id === 0 ? undefined : `${caller.subject}: ${id}`
  },
})

const summarise = definePrompt({
  description: 'Summarise a note',
  access: 'authenticated',
  arguments: z.object({ id: z.string() }),
  complete: { id: (value, { caller }) => [value, caller.subject] },
  run({ id }, { caller }) {
    if (id === 'none') throw new PromptError(`There is no note ${id}.`)
    return [{ role: 'user', content: `${caller.subject}: ${id}` }]
  },
})

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
const resources = { all, note } satisfies Resources
const prompts = { summarise } satisfies Prompts
const services = defineServices({ open: async () => ({ db: 1 }), close: async ({ db }) => void db })
const definition = {
  policy,
  schemas,
  tools,
  resourceDescriptions,
  resources,
  promptDescriptions,
  prompts,
  services,
}

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

test('a ResourceError and a PromptError of the DSL are told to the caller', async () => {
  const authenticated = { access: 'authenticated' as const }
  const harness = await createHarness({
    offers: {
      resources: { note: { uri: 'notes://note/{id}', access: authenticated, module: note } },
      prompts: { summarise: { access: authenticated, module: summarise, arguments: [{ name: 'id', required: true }] } },
    },
  })
  const token = await harness.token()
  const read = async (id: string): Promise<unknown> => {
    const { result, error } = (await legacy(harness.app, 'resources/read', { uri: `notes://note/${id}` }, { token }))
      .body
    return result?.contents[0].text ?? error.message
  }
  const get = async (id: string): Promise<unknown> => {
    const params = { name: 'summarise', arguments: { id } }
    const { result, error } = (await legacy(harness.app, 'prompts/get', params, { token })).body
    return result?.messages[0].content.text ?? error.message
  }
  expect([await read('7'), await read('x'), await read('0')]).toEqual([
    'ada: 7',
    'The id is a number.',
    'Resource not found',
  ])
  expect([await get('7'), await get('none')]).toEqual(['ada: 7', 'There is no note none.'])
  await harness.close()
})
