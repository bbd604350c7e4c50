import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ConfigurationError, type Policy, type ServerDefinition, serverFactory } from '../src/index.js'
import { definitionOf, RESOURCE } from './support/definition.js'
import type { partsOf } from './support/offers.js'

const issuers: Policy['issuers'] = [
  {
    issuer: { env: 'MCP_AUTH_ISSUER', development: 'http://localhost:4000' },
    tokens: {
      form: 'opaque',
      introspection: {
        clientId: 'mcp-resource-server',
        clientSecret: { env: 'MCP_INTROSPECTION_SECRET', developmentFile: 'nowhere/introspection-secret' },
      },
    },
  },
]
const resource = { env: 'MCP_RESOURCE', development: 'http://localhost:3000/mcp' }
const embedded = definitionOf({ issuers, tools: {}, resource })
const PRODUCTION = {
  NODE_ENV: 'production',
  MCP_RESOURCE: RESOURCE,
  MCP_AUTH_ISSUER: 'https://auth.example.com',
  MCP_INTROSPECTION_SECRET: 's3cret',
}

async function boot(environment: Record<string, string>, definition: ServerDefinition = embedded): Promise<string> {
  try {
    const app = await serverFactory(definition)({ environment, logger: false })
    await app.close()
    return 'started'
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError)
    return (error as ConfigurationError).message
  }
}

describe('settings at boot', () => {
  test('a complete configuration starts', async () => {
    expect(await boot(PRODUCTION)).toBe('started')
  })

  test('every missing variable is named at once, with what it is for and an example', async () => {
    for (const environment of [{}, { NODE_ENV: 'production' }, { NODE_ENV: 'staging' }]) {
      const message = await boot(environment)
      expect(message).toContain('3 problems')
      for (const name of ['MCP_RESOURCE', 'MCP_AUTH_ISSUER', 'MCP_INTROSPECTION_SECRET']) {
        expect(message).toContain(`${name} is not set.`)
        expect(message).toContain(`Example: ${name}=`)
      }
      expect(message).toContain('Development values apply only if NODE_ENV is "development" or "test"')
    }
    expect(await boot({ ...PRODUCTION, MCP_RESOURCE: ' ' })).toContain('MCP_RESOURCE is not set.')
  })

  test('a development file that is not there says who writes it', async () => {
    const message = await boot({ NODE_ENV: 'development' })
    expect(message).toContain('1 problem.')
    expect(message).toContain('nowhere/introspection-secret cannot be read.')
    expect(message).toContain('start that first')
  })

  test('a development file is read from the working directory, in development only', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mcp-secure-'))
    const file = join(folder, 'secret')
    writeFileSync(file, 's3cret\n')
    const withFile = definitionOf({
      resource,
      tools: {},
      issuers: [
        {
          issuer: 'https://auth.example.com',
          tokens: {
            form: 'opaque',
            introspection: { clientId: 'id', clientSecret: { env: 'SECRET', developmentFile: file } },
          },
        },
      ],
    })
    expect(await boot({ NODE_ENV: 'test' }, withFile)).toBe('started')
    expect(await boot({ MCP_RESOURCE: RESOURCE }, withFile)).toContain('SECRET is not set.')
    rmSync(folder, { recursive: true })
  })

  test.each([
    ['no URL', 'notes', 'absolute URL'],
    ['http outside development (PR-21)', 'http://notes.example.com/mcp', 'https://'],
    ['http on this machine, outside development', 'http://localhost:3000/mcp', 'https://'],
    ['another scheme', 'ftp://notes.example.com/mcp', 'https://'],
    ['no path', 'https://notes.example.com', 'Try https://notes.example.com/mcp'],
    ['an empty path', 'https://notes.example.com/', 'Try https://notes.example.com/mcp'],
    ['a trailing slash (PR-08)', 'https://notes.example.com/mcp/', 'Try https://notes.example.com/mcp.'],
    ['a fragment (PR-07)', 'https://notes.example.com/mcp#x', 'fragment'],
    ['a query', 'https://notes.example.com/mcp?x', 'query'],
    ['a user', 'https://ada:pw@notes.example.com/mcp', 'user name'],
    ['an upper-case host', 'https://Notes.example.com/mcp', 'Write https://notes.example.com/mcp'],
    ['its default port', 'https://notes.example.com:443/mcp', 'Write https://notes.example.com/mcp'],
    ['a route pattern', 'https://notes.example.com/:id', 'Its path'],
    ['a path of the server itself', 'https://notes.example.com/healthz', 'taken'],
    ['a path where metadata is', 'https://notes.example.com/.well-known/mcp', 'taken'],
  ])('a resource with %s is refused', async (_, value, says) => {
    const message = await boot({ ...PRODUCTION, MCP_RESOURCE: value })
    expect(message).toContain('MCP_RESOURCE: ')
    expect(message).toContain(says)
  })

  test.each([
    ['no URL', 'auth', 'absolute URL'],
    ['http outside development (PR-21)', 'http://auth.example.com', 'https://'],
    ['a query', 'https://auth.example.com?x', 'query'],
  ])('an issuer with %s is refused', async (_, value, says) => {
    const message = await boot({ ...PRODUCTION, MCP_AUTH_ISSUER: value })
    expect(message).toContain('MCP_AUTH_ISSUER: ')
    expect(message).toContain(says)
  })

  test('a secret is not in the message', async () => {
    expect(await boot({ ...PRODUCTION, MCP_RESOURCE: 'x' })).not.toContain('s3cret')
  })
})

describe('a definition whose parts do not fit together does not start', () => {
  const tool = { access: { access: 'authenticated' as const }, run: () => 'x' }
  const whole = definitionOf({ issuers, tools: { one: tool }, resource })

  test('and one whose parts do, does', async () => {
    expect(await boot(PRODUCTION, whole)).toBe('started')
  })

  test.each([
    ['a tool without a policy', { ...whole, policy: { ...whole.policy, tools: {} } }, 'has no policy'],
    ['a tool without a schema', { ...whole, schemas: {} }, 'has no schema'],
    ['a policy without a tool', { ...whole, tools: {} }, 'has no handler'],
    ['a tool without run()', { ...whole, tools: { one: {} as never } }, 'has no run()'],
    ['an output that is described but not parsed', withOutput(), 'but not in both'],
    ['a tool with an empty list of scopes', withAccess({ access: 'scopes', scopes: [] }), 'names none'],
    ['a tool with an undeclared scope', withAccess({ access: 'scopes', scopes: ['nope'] }), 'not declared'],
    ['a tool with an inherited scope', withAccess({ access: 'scopes', scopes: ['constructor'] }), 'not declared'],
    ['a tool with an unknown access', withAccess({ access: 'everybody' } as never), 'does not say who may call it'],
    ['a scope that is none (SC-24)', withScope('a b'), 'RFC 6749'],
    ['a scope that would end the challenge', withScope('a"b'), 'RFC 6749'],
    ['offline_access (SC-18)', withScope('offline_access'), 'remove it'],
    ['no issuer', { ...whole, policy: { ...whole.policy, issuers: [] } }, 'names no issuer'],
  ])('%s', async (_, definition, says) => {
    const message = await boot(PRODUCTION, definition)
    expect(message).toContain(says)
    expect(message).toContain('run mcp-gen build')
  })

  test.each([
    ['the root', { 'x-mcp-header': 'A' }, 'where properties alone do not lead'],
    ['a branch', { anyOf: [{ properties: { a: { type: 'string', 'x-mcp-header': 'A' } } }] }, 'where properties alone'],
    ['a list', { properties: { a: { items: { type: 'string', 'x-mcp-header': 'A' } } } }, 'where properties alone'],
    ['a definition', { $defs: { a: { type: 'string', 'x-mcp-header': 'A' } } }, 'where properties alone'],
    ['a number', { properties: { a: { type: 'number', 'x-mcp-header': 'A' } } }, 'at a, which is no string'],
    ['an object', { properties: { a: { properties: { b: { 'x-mcp-header': 'A' } } } } }, 'at a.b, which is no string'],
    ['no name', { properties: { a: { type: 'string', 'x-mcp-header': '' } } }, 'not the name of a header'],
    ['two lines', { properties: { a: { type: 'string', 'x-mcp-header': 'A\r\nB' } } }, 'not the name of a header'],
    ['no text', { properties: { a: { type: 'string', 'x-mcp-header': true } } }, 'not the name of a header'],
    [
      'one name twice',
      { properties: { a: { type: 'string', 'x-mcp-header': 'A' }, b: { type: 'string', 'x-mcp-header': 'a' } } },
      'asks for the header mcp-param-a twice',
    ],
  ])(
    'TO-22, TO-23: an argument that clients could not repeat in a header stops the start: %s',
    async (_, schema, says) => {
      expect(await boot(PRODUCTION, withInput(schema))).toContain(`The input of the tool "one" `)
      expect(await boot(PRODUCTION, withInput(schema))).toContain(says)
    },
  )

  test('an argument of that name is fine, and so is the word as a value', async () => {
    const properties = { 'x-mcp-header': { type: 'string' }, a: { const: { 'x-mcp-header': 1 } } }
    expect(await boot(PRODUCTION, withInput({ properties }))).toBe('started')
  })

  function withInput(schema: object): ServerDefinition {
    const [one] = Object.values(whole.schemas)
    if (!one) throw new Error('no schema')
    return { ...whole, schemas: { one: { ...one, input: { schema: { type: 'object', ...schema }, wrapped: null } } } }
  }

  function withAccess(access: Policy['tools'][string]): ServerDefinition {
    return { ...whole, policy: { ...whole.policy, tools: { one: access } } }
  }

  function withOutput(): ServerDefinition {
    const [one] = Object.values(whole.schemas)
    if (!one) throw new Error('no schema')
    return { ...whole, schemas: { one: { ...one, output: { schema: { type: 'object' }, wrapped: null } } } }
  }

  function withScope(name: string): ServerDefinition {
    const scope = { description: 'x', baseline: false, implies: [] }
    return { ...whole, policy: { ...whole.policy, scopes: { ...whole.policy.scopes, [name]: scope } } }
  }
})

describe('resources and prompts whose parts do not fit together do not start', () => {
  const access = { access: 'authenticated' as const }
  const read = (): string => 'text'
  const note = { uri: 'notes://note/{id}', access, module: { variables: { id: z.string() }, read } }
  const hello = { access, module: { run: read } }
  const withOffers = (
    resources: Parameters<typeof partsOf>[0]['resources'],
    prompts: Parameters<typeof partsOf>[0]['prompts'] = {},
  ): ServerDefinition => definitionOf({ issuers, tools: {}, resource, offers: { resources, prompts } })
  const whole = withOffers({ note }, { hello })

  test('and those whose parts do, do', async () => {
    expect(await boot(PRODUCTION, whole)).toBe('started')
  })

  const { resources: _rules, ...withoutRules } = whole.policy
  const { prompts: _prompts, ...withoutPrompts } = whole.policy
  test.each<[string, ServerDefinition, string]>([
    ['a resource without a policy', { ...whole, policy: withoutRules }, 'The resource "note" has no policy'],
    ['a resource without a description', { ...whole, resourceDescriptions: {} }, '"note" has no description'],
    ['a policy without a resource', { ...whole, resources: {} }, 'The resource "note" has no handler'],
    [
      'a resource without read()',
      withOffers({ note: { ...note, module: { variables: { id: z.string() } } } }),
      'no read()',
    ],
    ['a URI that is none', withOffers({ note: { ...note, uri: 'notes' } }), 'has "notes", which is no URI'],
    [
      'a variable without a schema',
      withOffers({ note: { ...note, module: { read } } }),
      'no schema for its variable id',
    ],
    ['a schema without a variable', withOffers({ note: { ...note, uri: 'notes://all' } }), 'a schema for "id", which'],
    [
      'two resources that share a URI',
      withOffers({ note, all: { uri: 'notes://note/all', access, module: { read } } }),
      'One URI could be that of',
    ],
    [
      'an undeclared scope',
      withOffers({ note: { ...note, access: { access: 'scopes', scopes: ['nope'] } } }),
      'not declared',
    ],
    [
      'an empty list of scopes',
      withOffers({ note: { ...note, access: { access: 'scopes', scopes: [] } } }),
      'names none',
    ],
    [
      'an unknown access',
      withOffers({ note: { ...note, access: { access: 'everybody' } as never } }),
      'The resource "note" does not say who may read it',
    ],
    ['a prompt without a policy', { ...whole, policy: withoutPrompts }, 'The prompt "hello" has no policy'],
    ['a prompt without a description', { ...whole, promptDescriptions: {} }, '"hello" has no description'],
    ['a policy without a prompt', { ...whole, prompts: {} }, 'The prompt "hello" has no handler'],
    ['a prompt without run()', withOffers({}, { hello: { access, module: {} } }), 'The prompt "hello" has no run()'],
    [
      'arguments that are described and not parsed',
      withOffers({}, { hello: { ...hello, arguments: [{ name: 'a', required: true }] } }),
      'that its file does not parse',
    ],
    [
      'a prompt with an unknown access',
      withOffers({}, { hello: { ...hello, access: { access: 'everybody' } as never } }),
      'The prompt "hello" does not say who may get it',
    ],
  ])('%s', async (_, definition, says) => {
    const message = await boot(PRODUCTION, definition)
    expect(message).toContain(says)
    expect(message).toContain('run mcp-gen build')
  })
})

test('the policy cannot be loosened after boot', async () => {
  const tools = { one: { access: 'authenticated' as 'authenticated' | 'public' } }
  const definition = definitionOf({
    issuers,
    tools: { one: { access: { access: 'authenticated' }, run: () => 'x' } },
    resource,
  })
  const loose = { ...definition, policy: { ...definition.policy, tools } as Policy }
  const app = await serverFactory(loose)({ environment: PRODUCTION, logger: false })
  tools.one.access = 'public'
  const answer = await app.inject({
    method: 'POST',
    url: '/mcp',
    headers: { host: 'notes.example.com' },
    payload: { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'one' } },
  })
  expect(answer.statusCode).toBe(401)
  await app.close()
})
