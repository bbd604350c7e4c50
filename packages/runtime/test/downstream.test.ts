import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createTestIssuer, type TestIssuer } from '../../testing/src/issuer.js'
import type { Downstream, Policy, TokenExchangeRule, UsingPolicy } from '../src/definition.js'
import type { ExchangeToken } from '../src/exchange/token-exchange.js'
import { ConfigurationError, type IssuerPolicy, type ServerDefinition, serverFactory } from '../src/index.js'
import { definitionOf, RESOURCE, type SampleTool } from './support/definition.js'
import { createHarness, type Harness, legacy, modern } from './support/harness.js'
import { createTokenEndpoint, type TokenEndpoint } from './support/token-endpoint.js'

const FILES = 'https://files.example.com'
const DOWNSTREAM: readonly Downstream[] = [{ audience: FILES, scopes: ['files:read'] }]
const CALLS: UsingPolicy = { access: 'authenticated', downstream: DOWNSTREAM }
const READ = { audience: FILES, scopes: ['files:read'] }
const METRICS_TOKEN = 'a-token-of-the-metrics-0123456789'

interface Context {
  readonly exchangeToken: ExchangeToken
}
type Run = (input: unknown, context: Context) => unknown

const tool = (run: Run, more: Partial<SampleTool> = {}): SampleTool => ({
  access: CALLS,
  run: (input, context) => run(input, context as Context),
  ...more,
})

let endpoint: TokenEndpoint
let issuer: TestIssuer
let harness: Harness | undefined
/** The keys of each context that a handler got. */
let contexts: string[][]
beforeEach(async () => {
  endpoint = await createTokenEndpoint()
  issuer = await createTestIssuer({ audience: RESOURCE })
  contexts = []
})
afterEach(async () => {
  await harness?.close()
  harness = undefined
  await endpoint.stop()
})

const exchange = (): TokenExchangeRule => ({
  form: 'rfc8693',
  clientId: endpoint.client.id,
  clientSecret: { env: 'EXCHANGE_SECRET' },
  endpoint: endpoint.url,
})

const issuers = (): readonly IssuerPolicy[] => [
  { issuer: issuer.issuer, tokens: { form: 'jwt', typ: 'at+jwt' }, tokenExchange: exchange() },
]

async function open(tools: Record<string, SampleTool>, offers = {}): Promise<Harness> {
  harness = await createHarness({
    issuer,
    issuers: issuers(),
    tools,
    ...offers,
    environment: { EXCHANGE_SECRET: endpoint.client.secret },
  })
  harness.secret(endpoint.client.secret)
  return harness
}

/** What the client gets of the tool `call`. */
async function called(
  run: Run,
  args: object = {},
  more: Partial<SampleTool> = {},
): Promise<{ text: string; isError: boolean }> {
  const { app, token } = await open({ call: tool(run, more) })
  const { status, body } = await modern(app, 'tools/call', { name: 'call', arguments: args }, { token: await token() })
  expect(status).toBe(200)
  return { text: body.result.content[0].text, isError: body.result.isError === true }
}

test('exchanges are counted by service and by what came of them, and by nothing else', async () => {
  const asked = [READ, READ, { audience: 'https://made-up.example.com' }]
  harness = await createHarness({
    issuer,
    issuers: issuers(),
    tools: { call: tool(async (_, { exchangeToken }) => (await exchangeToken(asked.shift())).scopes.join()) },
    environment: { EXCHANGE_SECRET: endpoint.client.secret, METRICS_TOKEN },
  })
  const { app, token, secret } = harness
  secret(endpoint.client.secret)
  secret(METRICS_TOKEN)
  for (const subject of ['ada', 'grace', 'ada']) {
    await modern(app, 'tools/call', { name: 'call', arguments: {} }, { token: await token({ subject }) })
  }
  const headers = { host: 'notes.example.com', authorization: `Bearer ${METRICS_TOKEN}` }
  const { body } = await app.inject({ url: '/metrics', headers })
  const counted = body.split('\n').filter((line) => line.startsWith('mcp_token_exchanges_total'))
  expect(counted).toEqual([
    `mcp_token_exchanges_total{service="${FILES}",outcome="given"} 2`,
    'mcp_token_exchanges_total{service="(other)",outcome="not-declared"} 1',
  ])
  expect(body).not.toMatch(/made-up|\bada\b|\bgrace\b/)
})

describe('a handler that declares a service', () => {
  test('TK-06, TK-07: gets a token for it, which is not the caller’s, in both eras', async () => {
    const seen: string[] = []
    const { app, token } = await open({
      call: tool(async (_, context) => {
        contexts.push(Object.keys(context).sort())
        seen.push((await context.exchangeToken(READ)).accessToken)
        return 'done'
      }),
    })
    const own = await token()
    for (const ask of [modern, legacy]) {
      const { body } = await ask(app, 'tools/call', { name: 'call', arguments: {} }, { token: own })
      expect(body.result.content).toEqual([{ type: 'text', text: 'done' }])
    }
    expect(contexts[0]).toEqual(['caller', 'exchangeToken', 'request', 'services', 'signal'])
    expect(seen).toEqual([endpoint.given[0], endpoint.given[0]])
    expect(endpoint.asked.map(({ form }) => form.get('subject_token'))).toEqual([own])
  })

  test('of a resource or a prompt gets one too', async () => {
    const say = async ({ exchangeToken }: Context): Promise<string> => (await exchangeToken(READ)).scopes.join()
    const { app, token } = await open(
      {},
      {
        offers: {
          resources: {
            file: {
              uri: 'files://{name}',
              access: CALLS,
              module: {
                variables: { name: z.string() },
                list: async (context: Context) => [{ variables: { name: await say(context) } }],
                complete: { name: async (_: string, context: Context) => [await say(context)] },
                read: (_: unknown, context: Context) => say(context),
              },
            },
          },
          prompts: { outline: { access: CALLS, module: { run: (_: unknown, context: Context) => say(context) } } },
        },
      },
    )
    const bearer = { token: await token() }
    const read = await modern(app, 'resources/read', { uri: 'files://a' }, bearer)
    expect(read.body.result.contents[0].text).toBe('files:read')
    const list = await modern(app, 'resources/list', {}, bearer)
    expect(list.body.result.resources).toMatchObject([{ uri: 'files://files%3Aread' }])
    const prompt = await modern(app, 'prompts/get', { name: 'outline' }, bearer)
    expect(prompt.body.result.messages[0].content.text).toBe('files:read')
    const ref = { type: 'ref/resource', uri: 'files://{name}' }
    const completion = await modern(app, 'completion/complete', { ref, argument: { name: 'name', value: '' } }, bearer)
    expect(completion.body.result.completion.values).toEqual(['files:read'])
  })

  test('and nobody else has anything to exchange with', async () => {
    const note = (_: unknown, context: object): string => {
      contexts.push(Object.keys(context).sort())
      return 'done'
    }
    const { app, token } = await open({
      call: tool(() => 'never'),
      plain: { access: { access: 'authenticated' }, run: (input, context) => note(input, context as object) },
      open: { access: { access: 'public' }, run: (input, context) => note(input, context as object) },
    })
    for (const name of ['plain', 'open']) {
      await modern(app, 'tools/call', { name, arguments: {} }, { token: await token() })
    }
    expect(contexts).toEqual([
      ['caller', 'request', 'services', 'signal'],
      ['request', 'services', 'signal'],
    ])
  })

  test('cannot be made to ask for what a client chooses', async () => {
    const input = z.object({ audience: z.string(), scopes: z.array(z.string()).optional() })
    const run: Run = async (asked, { exchangeToken }) => (await exchangeToken(asked)).scopes.join()
    const { app, token, log } = await open({ call: tool(run, { input }) })
    const bearer = { token: await token() }
    const ask = async (args: object): Promise<string> => {
      const { body } = await modern(app, 'tools/call', { name: 'call', arguments: args }, bearer)
      return `${body.result.isError === true} ${body.result.content[0].text}`
    }
    expect(await ask({ audience: FILES })).toBe('false files:read')
    expect(await ask({ audience: 'https://evil.example.com' })).toMatch(/^true The tool failed\. /)
    expect(await ask({ audience: FILES, scopes: ['files:admin'] })).toMatch(/^true The tool failed\. /)
    expect(endpoint.asked).toHaveLength(1)
    expect(log()).toContain('exchangeToken() was asked for a service that the spec does not declare.')
    expect(log()).not.toContain('evil.example.com')
  })

  test('cannot use it when its request is answered', async () => {
    let late: ExchangeToken | undefined
    const { app, token } = await open({
      call: tool((_, { exchangeToken }) => {
        late = exchangeToken
        return 'done'
      }),
    })
    await modern(app, 'tools/call', { name: 'call', arguments: {} }, { token: await token() })
    await expect(late?.(READ)).rejects.toThrow()
    expect(endpoint.asked).toEqual([])
  })
})

describe('a failure that the handler does not catch', () => {
  const run: Run = async (_, { exchangeToken }) => (await exchangeToken(READ)).accessToken.length.toString()

  test.each([
    [400, { error: 'interaction_required' }, 'Log in to this server again and give your consent, then try again.'],
    [400, { error: 'invalid_grant' }, 'Your login is not accepted any more for https://files.example.com.'],
    [400, { error: 'invalid_target' }, 'You are not given access to https://files.example.com.'],
    [401, { error: 'invalid_client' }, 'This server has no access to https://files.example.com.'],
    [503, {}, 'Access to https://files.example.com cannot be had right now. Try again in a moment.'],
  ])('%d %j is told to the person, and is no login that the client throws away', async (status, body, message) => {
    endpoint.answer({ status, body })
    const { text, isError } = await called(run)
    expect(isError).toBe(true)
    expect(text).toContain(message)
    expect(harness?.audits()).toMatchObject([{ decision: 'allowed', outcome: 'tool-error' }])
  })

  test('can be caught, and the tool does without', async () => {
    endpoint.answer({ status: 400, body: { error: 'invalid_scope' } })
    const careful: Run = (_, { exchangeToken }) => exchangeToken(READ).then(String, ({ code }) => `without: ${code}`)
    expect(await called(careful)).toEqual({ text: 'without: not-allowed', isError: false })
  })

  test('of a resource and a prompt is told as their errors are', async () => {
    endpoint.answer({ status: 400, body: { error: 'interaction_required' } })
    const fail = (_: unknown, { exchangeToken }: Context): unknown => exchangeToken(READ)
    const { app, token } = await open(
      {},
      {
        offers: {
          resources: { file: { uri: 'files://all', access: CALLS, module: { read: fail } } },
          prompts: { outline: { access: CALLS, module: { run: fail } } },
        },
      },
    )
    const bearer = { token: await token() }
    const read = await modern(app, 'resources/read', { uri: 'files://all' }, bearer)
    const get = await modern(app, 'prompts/get', { name: 'outline' }, bearer)
    for (const { body } of [read, get]) expect(body.error.message).toContain('give your consent')
  })
})

describe('a token that a handler was given', () => {
  test.each<[string, Run]>([
    ['returns', async (_, { exchangeToken }) => (await exchangeToken(READ)).accessToken],
    ['returns, among other things', async (_, { exchangeToken }) => JSON.stringify(await exchangeToken(READ))],
    [
      'tells as an error for the caller',
      async (_, { exchangeToken }) => {
        const { accessToken } = await exchangeToken(READ)
        throw Object.assign(new Error(`403 for ${accessToken}`), { 'mcp-secure.tool-error': true })
      },
    ],
    [
      'throws in an error with the request that failed',
      async (_, { exchangeToken }) => {
        const { accessToken } = await exchangeToken(READ)
        const config = { headers: { authorization: `Bearer ${accessToken}` } }
        throw Object.assign(new Error('403', { cause: new Error(accessToken) }), { config, deep: [{ config }] })
      },
    ],
    [
      'throws as it is',
      async (_, { exchangeToken }) => {
        throw (await exchangeToken(READ)).accessToken
      },
    ],
  ])('and that it %s reaches neither the client nor the log', async (_, run) => {
    const { text, isError } = await called(run)
    const [token = ''] = endpoint.given
    expect(token).not.toBe('')
    expect({ text, isError }).toEqual({ text: expect.stringMatching(/^The tool failed\. /), isError: true })
    expect(harness?.log()).toContain('the tool call failed')
    expect(harness?.log()).not.toContain(token)
  })

  test('is not in the log where other libraries put it, and what else is there stays', async () => {
    await called(async (_, { exchangeToken }) => {
      const { accessToken } = await exchangeToken(READ)
      throw Object.assign(new TypeError('fetch failed'), { url: `${FILES}/a`, sent: `Bearer ${accessToken}` })
    })
    for (const kept of ['TypeError: fetch failed', `${FILES}/a`, 'Bearer [exchanged token]', 'downstream.test.ts']) {
      expect(harness?.log()).toContain(kept)
    }
  })

  test('of a resource or a prompt stays there as well', async () => {
    const tell = async (_: unknown, { exchangeToken }: Context): Promise<string> =>
      (await exchangeToken(READ)).accessToken
    const module = {
      variables: { name: z.string() },
      list: async (context: Context) => [{ variables: { name: await tell(undefined, context) } }],
      complete: { name: async (value: unknown, context: Context) => [await tell(value, context)] },
      read: tell,
    }
    const { app, token, log } = await open(
      {},
      {
        offers: {
          resources: { file: { uri: 'files://{name}', access: CALLS, module } },
          prompts: { outline: { access: CALLS, module: { run: tell } } },
        },
      },
    )
    const bearer = { token: await token() }
    const ref = { type: 'ref/resource', uri: 'files://{name}' }
    const answers = [
      await modern(app, 'resources/read', { uri: 'files://a' }, bearer),
      await modern(app, 'resources/list', {}, bearer),
      await modern(app, 'prompts/get', { name: 'outline' }, bearer),
      await modern(app, 'completion/complete', { ref, argument: { name: 'name', value: '' } }, bearer),
    ]
    for (const { text, body } of answers) {
      expect(body.error.message).toContain('Its operator can find out why')
      for (const given of endpoint.given) expect(text + log()).not.toContain(given)
    }
    expect(endpoint.given).not.toEqual([])
  })
})

describe('a server does not start', () => {
  const PRODUCTION = { NODE_ENV: 'production', EXCHANGE_SECRET: 's3cret' }

  async function start(
    {
      tool: policy = CALLS,
      rule = {},
      exchanging = true,
      resource,
    }: {
      readonly tool?: UsingPolicy
      readonly rule?: object
      readonly exchanging?: boolean
      readonly resource?: Policy['resource']
    },
    environment: Readonly<Record<string, string>> = PRODUCTION,
  ): Promise<string> {
    const all = { ...exchange(), endpoint: 'https://auth.example.com/token', ...rule }
    const said = Object.entries(all).filter(([, value]) => value !== undefined)
    const tokenExchange = Object.fromEntries(said) as unknown as TokenExchangeRule
    const definition: ServerDefinition = definitionOf({
      issuers: [
        {
          issuer: 'https://auth.example.com',
          tokens: { form: 'jwt', typ: 'at+jwt' },
          ...(exchanging ? { tokenExchange } : {}),
        },
      ],
      tools: { call: { access: policy, run: () => 'never' } },
      ...(resource === undefined ? {} : { resource }),
    })
    try {
      await (await serverFactory(definition)({ environment, logger: false })).close()
      return 'started'
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigurationError)
      return (error as ConfigurationError).message
    }
  }
  const declares = (...downstream: readonly object[]): { tool: UsingPolicy } => ({
    tool: { access: 'authenticated', downstream: downstream as unknown as readonly Downstream[] },
  })

  test('unless all is right', async () => {
    expect(await start({})).toBe('started')
  })

  test.each<[string, Parameters<typeof start>[0], string]>([
    [
      'with a token endpoint over http',
      { rule: { endpoint: 'http://auth.example.com/token' } },
      'must start with https://',
    ],
    ['with a token endpoint on this machine', { rule: { endpoint: 'https://localhost/token' } }, 'this machine'],
    ['with a token endpoint that is none', { rule: { endpoint: 'token' } }, 'absolute URL'],
    ['with a form that is not known', { rule: { form: 'passthrough' } }, 'form that is not known'],
    ['with a token that is kept for a day', { rule: { cacheSeconds: 86_400 } }, 'from 0 to 3600'],
    ['with a client that shows nothing', { rule: { clientSecret: undefined } }, 'how its client shows who it is'],
    ['with a key of Entra without its certificate', { rule: entraKey() }, 'certificateThumbprint'],
    ['without an issuer that exchanges', { exchanging: false }, 'no issuer exchanges any'],
    ['with a public tool', { tool: { access: 'public', downstream: DOWNSTREAM } }, 'there is no caller'],
    ['with a service without scopes', declares({ audience: FILES, scopes: [] }), 'does not say for which audience'],
    ['with a scope that is two', declares({ audience: FILES, scopes: ['a b'] }), 'does not say for which audience'],
    ['with a service without a name', declares({ scopes: ['a'] }), 'does not say for which audience'],
    ['with an empty name', declares({ audience: '', scopes: ['a'] }), 'does not say for which audience'],
    ['with two names', declares({ audience: 'a', resource: 'https://b', scopes: ['a'] }), 'does not say for which'],
    ['with itself as a service', declares({ audience: RESOURCE, scopes: ['a'] }), 'which is this server itself'],
    [
      'with itself in other letters',
      declares({ resource: 'HTTPS://Notes.Example.com:443/mcp', scopes: ['a'] }),
      'which is this server itself',
    ],
    [
      'with a resource at Entra',
      { ...declares({ resource: 'https://b.example', scopes: ['a'] }), rule: { form: 'entra-obo' } },
      'audiences only',
    ],
  ])('%s', async (_, change, says) => {
    expect(await start(change as Parameters<typeof start>[0])).toContain(says)
  })

  test('and says everything that is missing at once', async () => {
    const resource = { env: 'MCP_RESOURCE' }
    const rule = { clientId: { env: 'EXCHANGE_ID' }, endpoint: { env: 'EXCHANGE_ENDPOINT' } }
    const environment = { NODE_ENV: 'production', EXCHANGE_ENDPOINT: 'http://a/token', REDIS_URL_FILE: '/nowhere' }
    const message = await start(
      { rule, resource },
      { ...environment, METRICS_TOKEN: 'short', MCP_STATE_SECRET: 'short' },
    )
    expect(message).toContain('The server cannot start: 7 problems.')
    for (const name of ['MCP_RESOURCE', 'EXCHANGE_ID', 'EXCHANGE_SECRET', 'EXCHANGE_ENDPOINT']) {
      expect(message).toContain(name)
    }
    for (const name of ['REDIS_URL_FILE', 'METRICS_TOKEN', 'MCP_STATE_SECRET']) expect(message).toContain(name)
  })

  function entraKey(): object {
    return { form: 'entra-obo', clientSecret: undefined, privateKey: { env: 'KEY' }, certificateThumbprint: 'AA:BB' }
  }
})
