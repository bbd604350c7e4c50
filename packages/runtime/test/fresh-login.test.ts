import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { joinDemands, lacksLogin } from '../src/guard/check-login.js'
import type { AccessPolicy, Changes } from '../src/index.js'
import {
  createHarness,
  type Harness,
  INITIALIZE,
  LEGACY,
  legacy,
  MODERN,
  modern,
  parseChallenge,
  post,
} from './support/harness.js'
import { open } from './support/streams.js'

const METADATA = 'https://notes.example.com/.well-known/oauth-protected-resource/mcp'
const now = (): number => Math.floor(Date.now() / 1000)

describe.each(['jwt', 'opaque'] as const)('a tool that asks for a login, with %s tokens', (form) => {
  let harness: Harness
  const runs: string[] = []
  beforeAll(async () => {
    const tool = (name: string, access: AccessPolicy) => ({
      access,
      run() {
        runs.push(name)
        return name
      },
    })
    harness = await createHarness({
      form,
      tools: {
        erase: tool('erase', { access: 'scopes', scopes: ['notes:write'], freshLogin: { maxAgeSeconds: 300 } }),
        sign: tool('sign', { access: 'authenticated', acr: ['phr', 'phrh'] }),
        both: tool('both', { access: 'authenticated', acr: ['phrh'], freshLogin: { maxAgeSeconds: 60 } }),
        whoami: tool('whoami', { access: 'authenticated' }),
      },
    })
  })
  beforeEach(() => {
    runs.length = 0
    harness.audits()
  })
  afterAll(() => harness.close())

  const call = async (name: string, claims: object, scopes: readonly string[] = ['notes:write']) =>
    modern(harness.app, 'tools/call', { name }, { token: await harness.token({ scopes, claims: { ...claims } }) })

  test.each([
    { what: 'does not say when the login was', claims: {} },
    { what: 'says that it was too long ago', claims: { auth_time: now() - 301 } },
    { what: 'says that it is yet to come', claims: { auth_time: now() + 3600 } },
    { what: 'says it as text', claims: { auth_time: String(now()) } },
    { what: 'says it as a list', claims: { auth_time: [now()] } },
    { what: 'says null', claims: { auth_time: null } },
    { what: 'says when it was issued instead', claims: { iat: now() } },
  ])('RFC 9470: a token that $what is 401 with one challenge', async ({ claims }) => {
    const token = await harness.token({ scopes: ['notes:write'], claims })
    for (const ask of [modern, legacy]) {
      const answer = await ask(harness.app, 'tools/call', { name: 'erase' }, { token })
      expect(answer.status).toBe(401)
      expect(answer.body).toEqual({ error: 'insufficient_user_authentication' })
      expect(parseChallenge(answer)).toEqual({
        error: 'insufficient_user_authentication',
        error_description: 'A more recent login is needed',
        max_age: '300',
        scope: 'notes:write',
        resource_metadata: METADATA,
        realm: 'notes',
      })
    }
    expect(runs).toEqual([])
  })

  test.each([{}, { acr: 'phrx' }, { acr: 'PHR' }, { acr: ['phr'] }, { acr: 'phr phrh' }, { acr: '' }, { acr: 1 }])(
    'RFC 9470: a login of level %j is not enough',
    async (claims) => {
      const answer = await call('sign', claims, ['notes:read'])
      expect(answer.status).toBe(401)
      expect(parseChallenge(answer)).toEqual({
        error: 'insufficient_user_authentication',
        error_description: 'A stronger login is needed',
        acr_values: 'phr phrh',
        scope: 'notes:read',
        resource_metadata: METADATA,
        realm: 'notes',
      })
      expect(runs).toEqual([])
    },
  )

  test('a login that is fresh, and of the level, is let through', async () => {
    expect((await call('erase', { auth_time: now() - 200 })).status).toBe(200)
    expect((await call('sign', { acr: 'phrh' })).status).toBe(200)
    expect((await call('both', { acr: 'phrh', auth_time: now() })).status).toBe(200)
    expect(runs).toEqual(['erase', 'sign', 'both'])
  })

  test('one of two conditions is not enough, and the challenge names both', async () => {
    for (const claims of [{ acr: 'phrh' }, { auth_time: now() }]) {
      expect(parseChallenge(await call('both', claims))).toMatchObject({ max_age: '60', acr_values: 'phrh' })
    }
    expect(runs).toEqual([])
  })

  test('scopes come first: the login for them may be fresh enough', async () => {
    const answer = await call('erase', {}, ['notes:read'])
    expect([answer.status, parseChallenge(answer).error]).toEqual([403, 'insufficient_scope'])
  })

  test('a fresh login does not stand in for a scope', async () => {
    expect((await call('erase', { auth_time: now() }, [])).status).toBe(403)
  })

  test('other tools ask for nothing of it', async () => {
    expect((await call('whoami', {})).status).toBe(200)
  })

  test('in a batch one login meets all of it, and nothing runs before', async () => {
    const message = (id: number, name: string): object => ({
      jsonrpc: '2.0',
      id,
      method: 'tools/call',
      params: { name },
    })
    const token = await harness.token({ scopes: ['notes:write'], claims: { acr: 'phr' } })
    const batch = ['whoami', 'erase', 'both', 'sign'].map((name, id) => message(id, name))
    const answer = await post(harness.app, batch, { token })
    expect(answer.status).toBe(401)
    expect(parseChallenge(answer)).toMatchObject({ max_age: '60', acr_values: 'phrh' })
    expect(runs).toEqual([])
  })

  test('the record says what was asked for', async () => {
    await call('erase', {})
    expect(harness.audits()).toMatchObject([
      { decision: 'refused', reason: 'login-too-weak', tools: ['erase'], demand: { maxAgeSeconds: 300 } },
    ])
  })
})

test('a resource that asks for a fresh login lists nothing to who has an old one', async () => {
  const access: AccessPolicy = { access: 'authenticated', freshLogin: { maxAgeSeconds: 60 } }
  const read = () => 'text'
  const list = () => [{ variables: {} }]
  const harness = await createHarness({
    offers: { resources: { all: { uri: 'notes://all', access, module: { read, list } } }, prompts: {} },
  })
  const answer = await modern(harness.app, 'resources/read', { uri: 'notes://all' }, { token: await harness.token() })
  expect([answer.status, parseChallenge(answer).error]).toEqual([401, 'insufficient_user_authentication'])
  await harness.close()
})

test('a stream that is open tells nothing more of it once the login is too old, in either era', async () => {
  const access: AccessPolicy = { access: 'authenticated', freshLogin: { maxAgeSeconds: 60 } }
  const module = { read: () => 'text', subscribe: true }
  let changes: Changes | undefined
  const harness = await createHarness({
    services: {
      open(boot) {
        changes = boot.changes
        return {}
      },
    },
    offers: {
      resources: {
        sealed: { uri: 'notes://sealed', access: { ...access, subscribe: true }, module },
        news: { uri: 'notes://news', access: { access: 'authenticated', subscribe: true }, module },
      },
      prompts: {},
    },
    server: { allowedHosts: ['127.0.0.1'] },
  })
  await harness.app.listen({ host: '127.0.0.1', port: 0 })
  const token = await harness.token({ claims: { auth_time: now() }, expiresIn: 600 })
  const uris = ['notes://sealed', 'notes://news']
  const newer = await open(harness.app, token, {
    headers: { 'mcp-protocol-version': MODERN, 'mcp-method': 'subscriptions/listen' },
    body: {
      jsonrpc: '2.0',
      id: 1,
      method: 'subscriptions/listen',
      params: {
        notifications: { resourceSubscriptions: uris },
        _meta: {
          'io.modelcontextprotocol/protocolVersion': MODERN,
          'io.modelcontextprotocol/clientCapabilities': {},
        },
      },
    },
  })
  expect((await newer.next()).params.notifications.resourceSubscriptions).toEqual(uris)
  const session = String((await post(harness.app, INITIALIZE, { token })).headers['mcp-session-id'])
  const headers = { 'mcp-session-id': session, 'mcp-protocol-version': LEGACY }
  for (const uri of uris) await legacy(harness.app, 'resources/subscribe', { uri }, { token, headers })
  const older = await open(harness.app, token, { method: 'GET', headers })
  const told = async (): Promise<readonly string[]> => [
    (await newer.next()).params.uri,
    (await older.next()).params.uri,
  ]
  changes?.resource('notes://sealed')
  expect(await told()).toEqual(['notes://sealed', 'notes://sealed'])
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 62_000 })
  try {
    changes?.resource('notes://sealed')
    changes?.resource('notes://news')
    expect(await told()).toEqual(['notes://news', 'notes://news'])
  } finally {
    vi.useRealTimers()
    newer.leave()
    older.leave()
    await harness.close()
  }
})

test('the age counts to the second, and a clock that is a little ahead is none', () => {
  const rule = { access: 'authenticated', freshLogin: { maxAgeSeconds: 60 } } as const
  expect(lacksLogin(rule, { auth_time: 1_000 }, 1_060)).toBeUndefined()
  expect(lacksLogin(rule, { auth_time: 1_000 }, 1_061)).toEqual({ maxAgeSeconds: 60 })
  expect(lacksLogin(rule, { auth_time: 1_005 }, 1_000)).toBeUndefined()
  expect(lacksLogin(rule, { auth_time: 1_006 }, 1_000)).toEqual({ maxAgeSeconds: 60 })
  expect(lacksLogin(rule, { auth_time: Number.NaN }, 1_000)).toEqual({ maxAgeSeconds: 60 })
})

test('of several demands the strictest counts', () => {
  expect(joinDemands([{ maxAgeSeconds: 300 }, { maxAgeSeconds: 60, acr: ['a', 'b'] }, { acr: ['c', 'b'] }])).toEqual({
    maxAgeSeconds: 60,
    acr: ['b'],
  })
  expect(joinDemands([{ acr: ['a'] }, { acr: ['b'] }])).toEqual({ acr: ['a'] })
})

test.each([
  { access: { access: 'public', freshLogin: { maxAgeSeconds: 60 } }, problem: 'is public and asks for a login' },
  { access: { access: 'authenticated', freshLogin: { maxAgeSeconds: 0 } }, problem: 'for how many seconds' },
  { access: { access: 'authenticated', freshLogin: {} }, problem: 'for how many seconds' },
  { access: { access: 'authenticated', acr: [] }, problem: 'a level of login' },
  { access: { access: 'authenticated', acr: ['a" x="'] }, problem: 'a level of login' },
])('a policy that no login can meet does not start: $access', async ({ access, problem }) => {
  await expect(createHarness({ tools: { odd: { access: access as AccessPolicy, run: () => '' } } })).rejects.toThrow(
    problem,
  )
})
