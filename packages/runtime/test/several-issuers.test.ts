import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestIssuer, type TestIssuer } from '../../testing/src/issuer.js'
import { configure } from '../src/configuration/configuration.js'
import { type AccessPolicy, ConfigurationError, type IssuerPolicy, serverFactory } from '../src/index.js'
import { definitionOf, RESOURCE } from './support/definition.js'
import { createHarness, type Harness, issuerPolicy, modern, send } from './support/harness.js'

const JWT = { form: 'jwt', typ: 'at+jwt' } as const
const run = (): string => 'ran'

describe('a server with several issuers', () => {
  let staff: TestIssuer
  let partners: TestIssuer
  let guests: TestIssuer
  let harness: Harness
  let policies: readonly IssuerPolicy[]
  beforeAll(async () => {
    ;[staff, partners, guests] = await Promise.all([
      createTestIssuer({ audience: RESOURCE, path: '/staff' }),
      createTestIssuer({ audience: RESOURCE }),
      createTestIssuer({ audience: RESOURCE }),
    ])
    policies = [
      issuerPolicy(staff, 'jwt'),
      { ...issuerPolicy(partners, 'opaque'), tenant: { claim: 'org', values: ['acme', 'umbrella'] } },
      { ...issuerPolicy(guests, 'jwt'), scopes: ['notes:write'] },
    ]
    const only = (onlyFor: AccessPolicy['onlyFor']) => ({
      access: { access: 'scopes', scopes: ['notes:write'], ...(onlyFor && { onlyFor }) } as const,
      run,
    })
    harness = await createHarness({
      issuer: partners,
      issuers: policies,
      tools: {
        write: only(undefined),
        refund: only({ issuers: [staff.issuer], clientIds: ['desk'] }),
        cancel: only({ issuers: [partners.issuer], tenants: ['acme'] }),
      },
    })
  })
  afterAll(async () => {
    await harness.close()
    await Promise.all([staff.stop(), guests.stop()])
  })

  test('the metadata lists all of them, in the order of the policy', async () => {
    const { body } = await send(harness.app, { method: 'GET' }, { url: '/.well-known/oauth-protected-resource/mcp' })
    expect(body.authorization_servers).toEqual([staff.issuer, partners.issuer, guests.issuer])
  })

  test('the start says a line about each', async () => {
    const lines: string[] = []
    let count = 0
    const told = new Promise<void>((resolve) => {
      const stream = new Writable({
        write(chunk, _encoding, done) {
          const line = JSON.parse(String(chunk)) as { readonly msg: string; readonly issuer?: string }
          if (line.issuer !== undefined) lines.push(line.msg)
          if (line.issuer !== undefined && ++count === policies.length) resolve()
          done()
        },
      })
      void serverFactory(definitionOf({ issuers: policies, tools: {} }))({
        environment: { NODE_ENV: 'test', INTROSPECTION_SECRET: partners.client.secret },
        logger: { stream },
      }).then(async (app) => {
        await app.listen({ port: 0, host: '127.0.0.1' })
        await told
        await app.close()
      })
    })
    await told
    expect(lines.sort()).toEqual(
      [
        `issuer ${staff.issuer}: JWTs are verified with 1 key`,
        `issuer ${partners.issuer}: opaque tokens are verified by introspection`,
        `issuer ${guests.issuer}: JWTs are verified with 1 key`,
      ]
        .sort()
        .map((start) => expect.stringContaining(start)),
    )
  })

  test('an opaque token is shown to the one issuer that has such, and a JWT to nobody', async () => {
    const before = { ...partners.requests }
    const opaque = await partners.issue({ form: 'opaque', scopes: ['notes:write'], claims: { org: 'acme' } })
    expect((await callOf('write', opaque)).status).toBe(200)
    expect(partners.requests.introspection).toBe(before.introspection + 1)
    expect((await callOf('write', await guests.issue({ scopes: ['notes:write'] }))).status).toBe(200)
    expect((await callOf('write', await guests.issue({ issuer: 'https://evil.example' }))).status).toBe(401)
    expect(partners.requests.introspection).toBe(before.introspection + 1)
  })

  test.each([
    ['signed by one, naming another', () => guests.issue({ issuer: staff.issuer })],
    ['signed by one, naming an issuer with opaque tokens', () => guests.issue({ issuer: partners.issuer })],
    ['naming an issuer with a slash more', () => guests.issue({ issuer: `${guests.issuer}/` })],
    ['naming the origin of an issuer with a path', () => staff.issue({ issuer: new URL(staff.issuer).origin })],
  ])('a token %s is refused', async (_, issue) => {
    const { status, headers } = await callOf('write', harness.secret(await issue()))
    expect([status, headers['www-authenticate']]).toEqual([401, expect.stringContaining('error="invalid_token"')])
  })

  test('while one of them is away, its tokens are neither good nor bad, and those of the others count', async () => {
    const away = await createTestIssuer({ audience: RESOURCE })
    const one = await createHarness({
      issuer: guests,
      issuers: [issuerPolicy(away, 'jwt'), issuerPolicy(guests, 'jwt')],
      tools: { write: { access: { access: 'authenticated' }, run } },
    })
    const [theirs, ours] = [await away.issue(), await guests.issue()]
    await away.stop()
    expect((await modern(one.app, 'tools/call', { name: 'write' }, { token: ours })).status).toBe(200)
    expect((await modern(one.app, 'tools/call', { name: 'write' }, { token: theirs })).status).toBe(503)
    await one.app.close()
  })

  test('what an issuer is not trusted to grant counts for nothing, and what it grants with all that it implies', async () => {
    const limited = { ...issuerPolicy(staff, 'jwt'), scopes: ['notes:write'] }
    const tool = (scope: string) => ({ access: { access: 'scopes', scopes: [scope] } as const, run })
    const one = await createHarness({
      issuer: partners,
      issuers: [limited, issuerPolicy(guests, 'jwt')],
      tools: { read: tool('notes:read'), write: tool('notes:write'), export: tool('notes:export') },
    })
    const statuses = async (issuer: TestIssuer, ...held: string[]) => {
      const token = await issuer.issue({ scopes: held })
      const of = async (name: string) => (await modern(one.app, 'tools/call', { name }, { token })).status
      return [await of('read'), await of('write'), await of('export')]
    }
    expect(await statuses(staff, 'notes:write', 'notes:export')).toEqual([200, 200, 403])
    expect(await statuses(staff, 'notes:read')).toEqual([403, 403, 403])
    expect(await statuses(guests, 'notes:write', 'notes:export')).toEqual([200, 200, 200])
    await one.app.close()
  })

  const callOf = (name: string, token: string) => modern(harness.app, 'tools/call', { name }, { token })
  const scopes = ['notes:write']
  const CALLERS = {
    'the desk of staff': () => staff.issue({ scopes, clientId: 'desk' }),
    'another client of staff': () => staff.issue({ scopes, clientId: 'phone' }),
    'a desk of guests': () => guests.issue({ scopes, clientId: 'desk' }),
    acme: () => partners.issue({ form: 'opaque', scopes, claims: { org: 'acme' } }),
    umbrella: () => partners.issue({ form: 'opaque', scopes, claims: { org: 'umbrella' } }),
    'a guest who says to be acme': () => guests.issue({ scopes, claims: { org: 'acme' } }),
  }

  test.each([
    ['refund', 'the desk of staff', true],
    ['refund', 'another client of staff', false],
    ['refund', 'a desk of guests', false],
    ['refund', 'acme', false],
    ['cancel', 'acme', true],
    ['cancel', 'umbrella', false],
    ['cancel', 'the desk of staff', false],
    ['cancel', 'a guest who says to be acme', false],
  ] as const)('%s for %s: %s', async (name, who, isFor) => {
    const token = harness.secret(await CALLERS[who]())
    harness.audits()
    const { status, headers, text } = await callOf(name, token)
    const nothing = await callOf('nothing', token)
    const [record] = harness.audits()
    const { body } = await modern(harness.app, 'tools/list', {}, { token })
    const listed = body.result.tools.some((tool: { readonly name: string }) => tool.name === name)
    expect({ status, listed, challenge: headers['www-authenticate'] }).toEqual({ status: 200, listed: isFor })
    if (isFor) expect(record).toMatchObject({ decision: 'allowed', tool: name, outcome: 'answered' })
    else {
      expect(record).toMatchObject({ decision: 'refused', reason: 'not-for-caller', tool: name, missing: [] })
      expect(text).toBe(nothing.text)
    }
  })

  test('whom it is for needs the scopes all the same, and is told which', async () => {
    const token = await staff.issue({ clientId: 'desk' })
    const { status, headers } = await callOf('refund', token)
    expect([status, headers['www-authenticate']]).toEqual([403, expect.stringContaining('scope="notes:write"')])
  })

  test('lists that depend on who asks are kept by nobody', async () => {
    const token = await staff.issue({ scopes })
    const { body } = await modern(harness.app, 'tools/list', {}, { token })
    expect(body.result).toMatchObject({ ttlMs: 0, cacheScope: 'private' })
  })
})

describe('a server does not start', () => {
  const A = { issuer: { env: 'A' }, tokens: JWT } as const
  const B = { issuer: { env: 'B', development: 'http://localhost:4000' }, tokens: JWT } as const
  const { policy } = definitionOf({ issuers: [A, B], tools: {} })
  const environment = { NODE_ENV: 'production', A: 'https://a.example' }

  test.each([
    ['the same', 'https://a.example'],
    ['a slash more', 'https://a.example/'],
    ['capitals in the host', 'https://A.example'],
    ['the port that is its default', 'https://a.example:443'],
  ])('with two settings of one issuer: %s', (_, value) => {
    expect(() => configure(policy, { ...environment, B: value })).toThrow(/is listed twice/)
  })

  test('but with two that differ in their path', () => {
    const { issuers } = configure(policy, { ...environment, B: 'https://a.example/b' })
    expect(issuers.map(({ issuer }) => issuer)).toEqual(['https://a.example', 'https://a.example/b'])
  })

  const opaque = (issuer: string): IssuerPolicy => ({
    issuer,
    tokens: { form: 'opaque', introspection: { clientId: 'x', clientSecret: { env: 'INTROSPECTION_SECRET' } } },
  })
  const withAccess = (access: AccessPolicy, issuers: readonly IssuerPolicy[] = [A, B]) =>
    definitionOf({ issuers, tools: { it: { access, run } } })
  const only = (onlyFor: AccessPolicy['onlyFor']): AccessPolicy => ({
    access: 'authenticated',
    ...(onlyFor && { onlyFor }),
  })
  const tenant = { claim: 'org', values: ['acme'] } as const

  test.each([
    [
      'with two issuers of opaque tokens',
      definitionOf({ issuers: [opaque('https://a.example'), opaque('https://b.example')], tools: {} }),
      'several issuers with opaque tokens',
    ],
    [
      'with something public for some',
      withAccess({ access: 'public', onlyFor: { clientIds: ['x'] } }),
      'is public and',
    ],
    ['with something for nobody', withAccess(only({})), 'does not name'],
    ['with something for no client', withAccess(only({ clientIds: [], issuers: [A.issuer] })), 'does not name'],
    [
      'with something for an issuer of nobody',
      withAccess(only({ issuers: ['https://c.example'] })),
      'are not accepted',
    ],
    ['with something for a client of anybody', withAccess(only({ clientIds: ['x'] })), 'of which one issuer'],
    [
      'with something for a client of one of two',
      withAccess(only({ clientIds: ['x'], issuers: [A.issuer, B.issuer] })),
      'of which one issuer',
    ],
    ['with something for a tenant of nobody', withAccess(only({ tenants: ['acme'] }), [A]), 'a tenant whose tokens'],
    [
      'with something for a tenant of another issuer',
      withAccess(only({ tenants: ['acme'], issuers: [A.issuer] }), [A, { ...B, tenant }]),
      'a tenant whose tokens',
    ],
    [
      'with an issuer that grants nothing',
      definitionOf({ issuers: [{ ...A, scopes: [] }], tools: {} }),
      'scopes of an issuer',
    ],
    [
      'with an issuer that grants what is not declared',
      definitionOf({ issuers: [{ ...A, scopes: ['notes:read', 'admin'] }], tools: {} }),
      'scopes of an issuer',
    ],
    [
      'with a form of refusals that there is not',
      { ...withAccess(only(undefined)), policy: { ...policy, denials: 'by-caller' as never } },
      'denials of the policy is "by-caller"',
    ],
  ])('%s', async (_, definition, says) => {
    const started = serverFactory(definition)({
      environment: { NODE_ENV: 'test', A: 'https://a.example', INTROSPECTION_SECRET: 'x' },
      logger: false,
    })
    const error: unknown = await started.then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(ConfigurationError)
    expect(String(error)).toContain(says)
  })

  test('but with something for a tenant that one issuer accepts', async () => {
    const app = await serverFactory(
      withAccess(only({ tenants: ['acme'], issuers: [B.issuer] }), [A, { ...B, tenant }]),
    )({
      environment: { NODE_ENV: 'test', A: 'https://a.example' },
      logger: false,
    })
    await app.close()
  })
})
