import { generateKeyPairSync } from 'node:crypto'
import { jwtVerify } from 'jose'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { configure } from '../src/configuration/configuration.js'
import type { Downstream, TokenExchangeRule } from '../src/definition.js'
import type { TokenExchangeError } from '../src/exchange/exchange-error.js'
import { type Exchanged, type ExchangeEnd, type ExchangeToken, TokenExchange } from '../src/exchange/token-exchange.js'
import type { Identity } from '../src/token/identity.js'
import { definitionOf } from './support/definition.js'
import { createOddIssuer, json } from './support/odd-issuer.js'
import { TestSurroundings } from './support/surroundings.js'
import { createTokenEndpoint, type TokenEndpoint, thumbprint } from './support/token-endpoint.js'

const ISSUER = 'http://127.0.0.1:1'
const FILES = 'https://files.example.com'
const GRAPH = 'https://graph.microsoft.com'
const DOWNSTREAM: readonly Downstream[] = [
  { audience: FILES, scopes: ['files:read', 'files:write'] },
  { resource: 'https://mail.example.com/api', scopes: ['mail:send'] },
]
const TOKEN = 'the-token-of-ada-0123456789'

let endpoint: TokenEndpoint
let surroundings: TestSurroundings
let lines: Record<string, unknown>[]
/** What whoever counts was told. */
let ends: ExchangeEnd[]
beforeEach(async () => {
  endpoint = await createTokenEndpoint()
  surroundings = new TestSurroundings()
  lines = []
  ends = []
})
afterEach(() => endpoint.stop())

interface Who {
  readonly token?: string
  readonly issuer?: string
  /** Seconds from now; `null` if the token does not say. */
  readonly expiresIn?: number | null
}

function callerOf({ issuer = ISSUER, expiresIn = 7200 }: Who = {}): Identity {
  const claims = expiresIn === null ? {} : { exp: surroundings.now() / 1000 + expiresIn }
  return { subject: 'ada', clientId: 'desk', issuer, granted: [], effective: [], claims }
}

type Rule = Partial<TokenExchangeRule>

function open(
  rule: Rule = {},
  environment: Readonly<Record<string, string>> = {},
  issuer: string = ISSUER,
): TokenExchange {
  const tokenExchange = {
    form: 'rfc8693',
    clientId: endpoint.client.id,
    endpoint: endpoint.url,
    ...('privateKey' in rule ? {} : { clientSecret: { env: 'EXCHANGE_SECRET' } }),
    ...rule,
  } as TokenExchangeRule
  const issuers = [
    { issuer, tokens: { form: 'jwt', typ: 'at+jwt' }, tokenExchange } as const,
    { issuer: 'http://127.0.0.1:2', tokens: { form: 'jwt', typ: 'at+jwt' } } as const,
  ]
  const { policy } = definitionOf({ issuers, tools: {} })
  const given = { NODE_ENV: 'test', EXCHANGE_SECRET: endpoint.client.secret, ...environment }
  const exchange = TokenExchange.of(configure(policy, given), surroundings, (end) => ends.push(end))
  if (exchange === undefined) throw new TypeError('No issuer exchanges tokens.')
  return exchange
}

const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(JSON.parse(line)) })

function handlerOf(
  exchange: TokenExchange,
  who: Who = {},
  { downstream = DOWNSTREAM, signal = new AbortController().signal } = {},
): ExchangeToken {
  const caller = callerOf(who)
  exchange.remember(caller, who.token ?? TOKEN)
  return exchange.for({ caller, downstream, signal, log, reference: 'r-1' })
}

async function failureOf(promise: Promise<Exchanged>): Promise<TokenExchangeError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toMatchObject({ name: 'TokenExchangeError' })
  return error as TokenExchangeError
}

const READ = { audience: FILES, scopes: ['files:read'] }

describe('what the issuer is asked', () => {
  test('by RFC 8693 section 2.1: for an audience', async () => {
    const exchanged = await handlerOf(open())(READ)
    expect(Object.fromEntries(endpoint.asked[0]?.form ?? [])).toEqual({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: TOKEN,
      subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      audience: FILES,
      scope: 'files:read',
    })
    expect(exchanged).toEqual({
      accessToken: endpoint.given[0],
      scopes: ['files:read'],
      expiresAt: surroundings.now() + 3_600_000,
    })
  })

  test('for a resource, with all of its scopes if none are named', async () => {
    await handlerOf(open())({ resource: 'https://mail.example.com/api' })
    const { form } = endpoint.asked[0] ?? {}
    expect([form?.get('resource'), form?.get('audience'), form?.get('scope')]).toEqual([
      'https://mail.example.com/api',
      null,
      'mail:send',
    ])
  })

  test('by a key pair (RFC 7523), for the issuer', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const KEY = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    await handlerOf(open({ privateKey: { env: 'KEY' }, keyId: 'k1' }, { KEY }))(READ)
    const { authorization, form } = endpoint.asked[0] ?? {}
    expect([authorization, form?.get('client_id')]).toEqual([undefined, endpoint.client.id])
    const { protectedHeader } = await jwtVerify(form?.get('client_assertion') ?? '', publicKey, { audience: ISSUER })
    expect(protectedHeader).toEqual({ alg: 'ES256', kid: 'k1' })
  })

  test('on behalf of somebody, as Microsoft Entra wants it', async () => {
    const downstream = [{ audience: GRAPH, scopes: ['User.Read', 'Mail.Read'] }]
    const exchanged = await handlerOf(open({ form: 'entra-obo' }), {}, { downstream })({ audience: GRAPH })
    expect(Object.fromEntries(endpoint.asked[0]?.form ?? [])).toEqual({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      requested_token_use: 'on_behalf_of',
      client_id: endpoint.client.id,
      assertion: TOKEN,
      scope: `${GRAPH}/Mail.Read ${GRAPH}/User.Read`,
    })
    expect(exchanged.accessToken).toBe(endpoint.given[0])
  })

  test('by a certificate at Microsoft Entra: its thumbprint, for the endpoint', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const KEY = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const certificateThumbprint = thumbprint('a certificate')
    const rule: Rule = { form: 'entra-obo', privateKey: { env: 'KEY' }, certificateThumbprint }
    await handlerOf(open(rule, { KEY }))(READ)
    const assertion = endpoint.asked[0]?.form.get('client_assertion') ?? ''
    const { protectedHeader } = await jwtVerify(assertion, publicKey, { audience: endpoint.url })
    expect(protectedHeader).toEqual({ alg: 'PS256', typ: 'JWT', 'x5t#S256': certificateThumbprint })
  })
})

describe('a handler gets nothing that its spec does not declare', () => {
  test.each([
    ['another audience', { audience: 'https://evil.example.com', scopes: ['files:read'] }],
    ['an audience that is declared as a resource', { audience: 'https://mail.example.com/api' }],
    ['both an audience and a resource', { audience: FILES, resource: 'https://mail.example.com/api' }],
    ['an audience in other letters', { audience: FILES.toUpperCase() }],
    ['an audience with a slash', { audience: `${FILES}/` }],
    ['no audience', { scopes: ['files:read'] }],
    ['a list of audiences', { audience: [FILES] }],
    ['something that reads like an audience', { audience: { toString: (): string => FILES } }],
    ['another scope', { audience: FILES, scopes: ['files:delete'] }],
    ['a declared scope and another', { audience: FILES, scopes: ['files:read', 'files:delete'] }],
    ['the scope of another service', { audience: FILES, scopes: ['mail:send'] }],
    ['two scopes in one', { audience: FILES, scopes: ['files:read files:delete'] }],
    ['no scope, which would be the default of the issuer', { audience: FILES, scopes: [] }],
    ['a text instead of scopes', { audience: FILES, scopes: 'files:read' }],
    ['nothing at all', undefined],
  ])('%s', async (_, asked) => {
    const error = await failureOf(handlerOf(open())(asked))
    expect(error).toMatchObject({ code: 'not-declared', 'mcp-secure.tool-error': false })
    expect(error.message).not.toMatch(/evil|delete|mail/)
    expect(endpoint.asked).toEqual([])
  })
})

describe('an exchanged token is kept', () => {
  test('and found by the same token, service and scopes, in any order', async () => {
    const exchange = open()
    const both = ['files:read', 'files:write']
    const first = await handlerOf(exchange)({ audience: FILES, scopes: both })
    const second = await handlerOf(exchange)({ audience: FILES, scopes: [...both].reverse() })
    expect(second).toEqual(first)
    expect(endpoint.asked).toHaveLength(1)
  })

  test('for nobody else, for no other service and for no other scopes', async () => {
    const exchange = open()
    await handlerOf(exchange)(READ)
    await handlerOf(exchange, { token: 'the-token-of-eve-0123456789' })(READ)
    await handlerOf(exchange)({ audience: FILES })
    await handlerOf(exchange)({ resource: 'https://mail.example.com/api' })
    expect(endpoint.asked).toHaveLength(4)
    expect(new Set(endpoint.given).size).toBe(4)
    expect(endpoint.asked[1]?.form.get('subject_token')).toBe('the-token-of-eve-0123456789')
  })

  test.each([
    ['the configured time', { cacheSeconds: 60 }, 3600, 7200, 60],
    ['its own life, less the time that it is on its way', { cacheSeconds: 3600 }, 120, 7200, 90],
    ["the life of the caller's token", { cacheSeconds: 3600 }, 3600, 45, 45],
    ["the configured time, if the caller's token does not say", { cacheSeconds: 60 }, 3600, null, 60],
  ])('for %s', async (_, rule, expires_in, expiresIn, seconds) => {
    const exchange = open(rule)
    const answer = { token_type: 'bearer', issued_token_type: 'urn:ietf:params:oauth:token-type:access_token' }
    endpoint.answer({ body: { ...answer, access_token: 'abc', expires_in } })
    await handlerOf(exchange, { expiresIn })(READ)
    surroundings.pass(seconds * 1000 - 1)
    await handlerOf(exchange)(READ)
    expect(endpoint.asked).toHaveLength(1)
    surroundings.pass(1)
    await handlerOf(exchange)(READ)
    expect(endpoint.asked).toHaveLength(2)
  })

  test.each([
    ['if the policy says so', { cacheSeconds: 0 }, { expires_in: 3600 }],
    ['if the issuer does not say how long it is good', {}, {}],
    ['if it expires while it is on its way', {}, { expires_in: 20 }],
  ])('not at all %s', async (_, rule, more) => {
    const exchange = open(rule)
    const answer = { token_type: 'Bearer', issued_token_type: 'urn:ietf:params:oauth:token-type:access_token' }
    endpoint.answer({ body: { ...answer, access_token: 'abc', ...more } })
    await handlerOf(exchange)(READ)
    await handlerOf(exchange)(READ)
    expect(endpoint.asked).toHaveLength(2)
  })

  test('while it is asked for: one question for all who wait', async () => {
    const exchange = open({ cacheSeconds: 0 })
    const release = endpoint.hold()
    const waiting = Array.from({ length: 20 }, () => handlerOf(exchange)(READ))
    release()
    const tokens = await Promise.all(waiting)
    expect(new Set(tokens.map(({ accessToken }) => accessToken)).size).toBe(1)
    expect(endpoint.asked).toHaveLength(1)
  })

  test('not when there is none: a failure is asked about again', async () => {
    const exchange = open()
    endpoint.answer({ status: 400, body: { error: 'invalid_grant' } })
    await failureOf(handlerOf(exchange)(READ))
    endpoint.answer()
    expect((await handlerOf(exchange)(READ)).accessToken).toBe(endpoint.given[0])
  })
})

describe('how each exchange ended is told once, by names of the spec', () => {
  test('given, by the issuer or because it was kept', async () => {
    const exchange = open()
    await handlerOf(exchange)(READ)
    await handlerOf(exchange)(READ)
    await handlerOf(exchange)({ resource: 'https://mail.example.com/api' })
    expect(ends).toEqual([
      { service: FILES, outcome: 'given' },
      { service: FILES, outcome: 'given' },
      { service: 'https://mail.example.com/api', outcome: 'given' },
    ])
  })

  test.each([
    ['invalid_target', 400, 'not-allowed'],
    ['interaction_required', 400, 'interaction-required'],
    ['a-name-of-its-own', 400, 'misconfigured'],
    ['server_error', 500, 'unavailable'],
  ])('refused with %s', async (error, status, outcome) => {
    endpoint.answer({ status, body: { error } })
    await failureOf(handlerOf(open())(READ))
    expect(ends).toEqual([{ service: FILES, outcome }])
  })

  test('not offered, not declared, over, or abandoned', async () => {
    const exchange = open()
    await failureOf(handlerOf(exchange, { issuer: 'http://127.0.0.1:2' })(READ))
    await failureOf(handlerOf(exchange)({ audience: 'https://made-up.example.com' }))
    const caller = callerOf()
    const late = exchange.for({
      caller,
      downstream: DOWNSTREAM,
      signal: new AbortController().signal,
      log,
      reference: 'r',
    })
    await failureOf(late(READ))
    const [release, gone] = [endpoint.hold(), new AbortController()]
    const waiting = handlerOf(exchange, {}, { signal: gone.signal })(READ)
    gone.abort(new Error('The client is gone.'))
    await expect(waiting).rejects.toThrow('The client is gone.')
    release()
    expect(ends).toEqual([
      { service: FILES, outcome: 'not-offered' },
      { service: undefined, outcome: 'not-declared' },
      { service: FILES, outcome: 'over' },
      { service: FILES, outcome: 'abandoned' },
    ])
  })
})

describe('whoever does not wait any more', () => {
  test('is told at once, and the others get what they wait for', async () => {
    const exchange = open()
    const release = endpoint.hold()
    const gone = new AbortController()
    const impatient = handlerOf(exchange, {}, { signal: gone.signal })(READ)
    const patient = handlerOf(exchange)(READ)
    gone.abort(new Error('The client is gone.'))
    await expect(impatient).rejects.toThrow('The client is gone.')
    release()
    expect((await patient).accessToken).toBe(endpoint.given[0])
    expect(endpoint.asked).toHaveLength(1)
  })

  test('asks nobody', async () => {
    const asking = handlerOf(open(), {}, { signal: AbortSignal.abort(new Error('Over.')) })
    await expect(asking(READ)).rejects.toThrow('Over.')
    expect(endpoint.asked).toEqual([])
  })

  test('can do nothing in the name of its caller when the request is answered', async () => {
    const exchange = open()
    const caller = callerOf()
    const { signal } = new AbortController()
    exchange.remember(caller, TOKEN)
    const handler = exchange.for({ caller, downstream: DOWNSTREAM, signal, log, reference: 'r-1' })
    exchange.forget(caller)
    expect(await failureOf(handler(READ))).toMatchObject({ code: 'over', 'mcp-secure.tool-error': false })
    expect(endpoint.asked).toEqual([])
  })
})

describe('when the issuer says no, the handler, the client and the log learn', () => {
  const said = { error_description: `${TOKEN} is bad`, correlation_id: TOKEN }
  test.each([
    [400, { error: 'interaction_required', suberror: 'basic_action' }, 'interaction-required', 'Log in to this server'],
    [400, { error: 'consent_required' }, 'interaction-required', 'give your consent'],
    [400, { error: 'invalid_grant', suberror: 'consent_required' }, 'interaction-required', 'consent'],
    [400, { error: 'invalid_grant' }, 'login-refused', 'Your login is not accepted any more'],
    [400, { error: 'invalid_target' }, 'not-allowed', 'You are not given access'],
    [400, { error: 'invalid_scope' }, 'not-allowed', 'You are not given access'],
    [403, { error: 'access_denied' }, 'not-allowed', 'You are not given access'],
    [400, { error: 'unauthorized_client' }, 'misconfigured', 'This server has no access'],
    [401, { error: 'invalid_client' }, 'misconfigured', 'This server has no access'],
    [400, { error: 'unsupported_grant_type' }, 'misconfigured', 'This server has no access'],
    [400, {}, 'misconfigured', 'This server has no access'],
    [302, {}, 'misconfigured', 'This server has no access'],
    [400, { error: 'temporarily_unavailable' }, 'unavailable', 'Try again'],
    [500, { error: 'invalid_grant' }, 'unavailable', 'Try again'],
    [429, {}, 'unavailable', 'Try again'],
  ])('%d %j: %s', async (status, body, code, message) => {
    endpoint.answer({ status, body: { ...body, ...said } })
    const error = await failureOf(handlerOf(open())(READ))
    expect(error).toMatchObject({ code, 'mcp-secure.tool-error': true, 'mcp-secure.token-exchange-error': true })
    expect(error.message).toContain(message)
    expect(error.message).toContain(FILES)
    expect(lines).toMatchObject([{ issuer: ISSUER, subject: 'ada', audience: FILES, scopes: ['files:read'], code }])
    const level = code === 'misconfigured' ? 50 : 40
    expect(lines[0]).toMatchObject({ level, msg: 'a token was not exchanged' })
    const seen = JSON.stringify([error, error.message, error.stack, lines])
    for (const secret of [TOKEN, endpoint.client.secret]) expect(seen).not.toContain(secret)
  })

  test('and of what Entra says the numbers, by which an administrator finds it', async () => {
    const trace_id = '255d1aef-8c98-452f-ac51-23d051240864'
    const body = { error: 'invalid_grant', suberror: 'consent_required', error_codes: [65001], trace_id }
    endpoint.answer({ status: 400, body })
    await failureOf(handlerOf(open())(READ))
    expect(lines[0]?.issuerSaid).toEqual({ ...body, error_codes: '65001' })
  })

  test('and nothing of what an issuer says that is no code', async () => {
    endpoint.answer({
      status: 400,
      body: { error: `${TOKEN} {}`, suberror: [TOKEN], error_codes: [TOKEN], trace_id: TOKEN },
    })
    expect((await failureOf(handlerOf(open())(READ))).code).toBe('misconfigured')
    expect(JSON.stringify(lines)).not.toContain(TOKEN)
  })

  test('that it is from another issuer', async () => {
    const error = await failureOf(handlerOf(open(), { issuer: 'http://127.0.0.1:2' })(READ))
    expect(error).toMatchObject({ code: 'not-offered', 'mcp-secure.tool-error': true })
    expect(endpoint.asked).toEqual([])
  })

  test('that it is not there, and after five times in a row when to ask again', async () => {
    const exchange = open()
    await endpoint.stop()
    for (let times = 0; times < 5; times += 1) {
      expect(await failureOf(handlerOf(exchange)(READ))).toMatchObject({ code: 'unavailable' })
    }
    const error = await failureOf(handlerOf(exchange)(READ))
    expect(error.retryAfter).toBe(5)
    expect(error.message).toContain('Try again in 5 seconds.')
    endpoint = await createTokenEndpoint()
  })

  test.each([
    ['names no endpoint', {}],
    ['names one in the clear at another place', { token_endpoint: 'http://elsewhere.example.com/token' }],
  ])('that its metadata %s', async (_, metadata) => {
    const odd = await createOddIssuer()
    odd.answers['/.well-known/oauth-authorization-server'] = json({ issuer: odd.issuer, ...metadata })
    const exchange = open({ endpoint: undefined } as unknown as Rule, {}, odd.issuer)
    expect((await failureOf(handlerOf(exchange, { issuer: odd.issuer })(READ))).code).toBe('misconfigured')
    await odd.stop()
  })

  test('where its metadata says that the endpoint is', async () => {
    const odd = await createOddIssuer()
    odd.answers['/.well-known/oauth-authorization-server'] = json({ issuer: odd.issuer, token_endpoint: endpoint.url })
    const exchange = open({ endpoint: undefined } as unknown as Rule, {}, odd.issuer)
    expect((await handlerOf(exchange, { issuer: odd.issuer })(READ)).accessToken).toBe(endpoint.given[0])
    await odd.stop()
  })
})

describe('an answer is refused', () => {
  const good = {
    access_token: 'abc',
    token_type: 'Bearer',
    issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    expires_in: 60,
  }
  test.each([
    ['TK-06: that is the token itself: that is passthrough', { access_token: TOKEN }],
    ['that holds the token', { access_token: `prefix.${TOKEN}` }],
    ['without a token', { access_token: undefined }],
    ['with a token that is a list', { access_token: ['abc'] }],
    ['with a token that is no header', { access_token: 'abc\r\nx-evil: 1' }],
    ['with a token of many', { access_token: 'a'.repeat(16_385) }],
    ['with an empty token', { access_token: '' }],
    ['without a type', { token_type: undefined }],
    ['with a token that is bound to a key', { token_type: 'DPoP' }],
    ['with a token that is none to show', { token_type: 'N_A' }],
    ['with an ID token', { issued_token_type: 'urn:ietf:params:oauth:token-type:id_token' }],
    ['with a refresh token', { issued_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' }],
    ['that does not say what it issued', { issued_token_type: undefined }],
    ['that expired', { expires_in: 0 }],
    ['that expires never', { expires_in: 'never' }],
    ['that expires somehow', { expires_in: [60] }],
  ])('%s', async (_, wrong) => {
    endpoint.answer({ body: { ...good, ...wrong } })
    const error = await failureOf(handlerOf(open())(READ))
    expect(error.code).toBe('answer-unusable')
    expect(JSON.stringify([error.message, error.stack, lines])).not.toContain(TOKEN)
  })

  test.each([
    ['no JSON', '<html>'],
    ['a list', '[]'],
    ['nothing', ''],
  ])('that is %s', async (_, body) => {
    endpoint.answer({ body })
    expect((await failureOf(handlerOf(open())(READ))).code).toBe('answer-unusable')
  })

  test('that is larger than any answer', async () => {
    endpoint.answer({ body: JSON.stringify({ ...good, more: 'x'.repeat(300_000) }) })
    expect((await failureOf(handlerOf(open())(READ))).code).toBe('unavailable')
  })

  test('that redirects: the token is not carried on', async () => {
    const other = await createTokenEndpoint()
    endpoint.answer({ status: 307, headers: { location: other.url } })
    expect((await failureOf(handlerOf(open())(READ))).code).toBe('misconfigured')
    expect(other.asked).toEqual([])
    await other.stop()
  })

  test('no more than that: a text for a number, small letters and scopes of its own are right', async () => {
    endpoint.answer({ body: { ...good, token_type: 'bearer', expires_in: '60', scope: 'files:read  profile' } })
    expect(await handlerOf(open())(READ)).toEqual({
      accessToken: 'abc',
      scopes: ['files:read', 'profile'],
      expiresAt: surroundings.now() + 60_000,
    })
  })
})
