import { type AccessPolicy, type IssuerPolicy, serverFactory, type TokenRule } from '@mcp-secure/runtime'
import { afterAll, describe, expect, it } from 'vitest'
import { checkAccess } from '../src/access-matrix/check-access.js'
import type { AccessMatrixOptions } from '../src/access-matrix/expected-access.js'
import { rowsOf } from '../src/access-matrix/rows/rows.js'
import { createWorld } from '../src/access-matrix/world.js'
import { type Break, brokenRuntime, removeBrokenRuntimes } from './support/broken-runtime.js'
import {
  JWT,
  OPAQUE,
  sample,
  sampleWithEverything,
  sampleWithSubscriptions,
  withIssuers,
  withPolicy,
} from './support/sample.js'

const OTHER_JWT: TokenRule = { form: 'jwt', typ: 'JWT' }
const PUBLIC = { about: { access: 'public' } } as const
const HIDDEN = { purge: { access: 'scopes', scopes: ['notes:write'], whenDenied: 'hide' } } as const
const AFTER_LOGIN = {
  erase: { access: 'scopes', scopes: ['notes:write'], freshLogin: { maxAgeSeconds: 300 } },
  sign: { access: 'authenticated', acr: ['phr', 'phrh'] },
} as const
const BY_ARGUMENTS = {
  move: { access: 'scopes', scopes: ['notes:read'], argumentScopes: ['notes:write'] },
  copy: { access: 'authenticated', argumentScopes: ['notes:export', 'notes:read'] },
} as const
const RULED = { edit: { access: 'scopes', scopes: ['notes:write'], authorize: true } } as const
const ANY_OF = { share: { access: 'any-of', anyOf: [['notes:write'], ['notes:read', 'notes:export']] } } as const

const STAFF = { env: 'STAFF_ISSUER', development: 'https://staff.example' }
const PARTNERS = 'https://partners.example'
const ISSUERS: readonly IssuerPolicy[] = [
  { issuer: STAFF, tokens: OPAQUE, allowedClientIds: ['desk', 'phone'], scopeClaim: 'scp' },
  {
    issuer: PARTNERS,
    tokens: OTHER_JWT,
    tenant: { claim: 'org', values: ['acme', 'umbrella'] },
    scopes: ['notes:read'],
  },
  { issuer: 'https://others.example', tokens: JWT, scopeClaim: 'permissions' },
]
const FOR_SOME = {
  of_staff: { access: 'authenticated', onlyFor: { issuers: [STAFF] } },
  at_desk: { access: 'scopes', scopes: ['notes:read'], onlyFor: { clientIds: ['desk'], issuers: [STAFF] } },
  of_umbrella: {
    access: 'scopes',
    scopes: ['notes:write'],
    whenDenied: 'hide',
    onlyFor: { tenants: ['umbrella'], issuers: [PARTNERS] },
    authorize: true,
  },
} as const
/** With one issuer. */
const FOR_CLIENT = {
  at_desk: { access: 'scopes', scopes: ['notes:write'], onlyFor: { clientIds: ['desk', 'till'] } },
} as const
/** With what only the project's own environment knows: the matrix starts without. */
function calling(): Omit<AccessMatrixOptions, 'serverFactory'> {
  const downstream = [{ audience: 'https://files.example.com', scopes: ['files:read'] }]
  const options = sample(JWT, { attach: { access: 'scopes', scopes: ['notes:write'], downstream } as AccessPolicy })
  const tokenExchange = {
    form: 'rfc8693',
    clientId: { env: 'EXCHANGE_ID' },
    privateKey: { env: 'EXCHANGE_KEY' },
  } as const
  const issuers = options.definition.policy.issuers.map((issuer) => ({ ...issuer, tokenExchange }))
  const definition = { ...options.definition, policy: { ...options.definition.policy, issuers } }
  return { definition, expected: { ...options.expected, issuers } }
}

afterAll(removeBrokenRuntimes)

describe('the access matrix of a sound server', () => {
  it.each([
    { what: 'JWTs of RFC 9068', options: sample(JWT) },
    { what: 'JWTs without a type of their own', options: sample(OTHER_JWT) },
    { what: 'opaque tokens', options: sample(OPAQUE) },
    { what: 'JWTs, and a public tool', options: sample(JWT, PUBLIC) },
    { what: 'JWTs, and a tool with two sets of scopes', options: sample(JWT, ANY_OF) },
    { what: 'JWTs, and tools that ask for scopes by their arguments', options: sample(JWT, BY_ARGUMENTS) },
    { what: 'JWTs, and a tool with a rule about objects', options: sample(JWT, RULED) },
    { what: 'JWTs, and a hidden tool', options: sample(JWT, HIDDEN) },
    { what: 'JWTs, and tools that ask for a login', options: sample(JWT, AFTER_LOGIN) },
    { what: 'JWTs, and a tool that calls another service', options: calling() },
    { what: 'opaque tokens, and tools that ask for a login', options: sample(OPAQUE, AFTER_LOGIN) },
    { what: 'JWTs, and hidden resources and prompts', options: sampleWithEverything(JWT, 'hide') },
    { what: 'opaque tokens, and a public tool', options: sample(OPAQUE, PUBLIC) },
    { what: 'JWTs, resources and prompts', options: sampleWithEverything(JWT) },
    { what: 'opaque tokens, resources and prompts', options: sampleWithEverything(OPAQUE) },
    { what: 'JWTs, and resources that can be subscribed to', options: sampleWithSubscriptions(JWT) },
    { what: 'opaque tokens, and a public one of those', options: sampleWithSubscriptions(OPAQUE, 'public') },
    { what: 'JWTs, and a tool for some clients', options: sample(JWT, FOR_CLIENT) },
    {
      what: 'three issuers, each with its rules, and tools for some callers',
      options: withIssuers(sample(JWT, FOR_SOME), ISSUERS),
    },
    {
      what: 'two issuers, resources and prompts',
      options: withIssuers(sampleWithEverything(JWT, 'hide'), ISSUERS.slice(1)),
    },
  ])('finds nothing wrong with $what', async ({ options }) => {
    expect(await checkAccess({ serverFactory, ...options })).toEqual([])
  })

  it('tries every tool with every kind of token', () => {
    const rows = rowsOf(sample(JWT, PUBLIC)).map(({ subject, name }) => `${subject} ${name}`)
    expect(new Set(rows).size).toBe(rows.length)
    for (const tool of ['whoami', 'read_notes', 'write_note', 'export_notes', 'about']) {
      expect(rows).toContain(`tool ${tool} refuses an expired token`)
      expect(rows).toContain(`tool ${tool} refuses a JWT with alg none`)
    }
    expect(rows).toContain('tool read_notes runs once for a caller with notes:write in place of notes:read')
    expect(rows).toContain('tool export_notes refuses a caller with every scope but notes:export')
  })

  it('tries every set of scopes, and what is left of each', () => {
    const rows = rowsOf(sample(JWT, ANY_OF)).map(({ subject, name }) => `${subject} ${name}`)
    expect(new Set(rows).size).toBe(rows.length)
    expect(rows).toContain('tool share runs once for a caller with exactly notes:write')
    expect(rows).toContain('tool share runs once for a caller with exactly notes:read and notes:export')
    expect(rows).toContain('tool share refuses a caller with notes:read and notes:export without notes:export')
    expect(rows).toContain('tool share refuses a caller with no scope at all')
  })
})

it('closes what it opened when a server does not start', async () => {
  const [partners] = ISSUERS.slice(1)
  const options = withIssuers(sample(JWT), partners === undefined ? [] : [partners])
  const events: string[] = []
  const attempt = createWorld({
    ...options,
    serverFactory: (definition) => async (settings) => {
      if (events.push('start') > 1) throw new Error('not a second time')
      const app = await serverFactory(definition)(settings)
      const close = app.close.bind(app)
      return Object.assign(app, {
        async close() {
          events.push('close')
          await close()
        },
      })
    },
  })
  await expect(attempt).rejects.toThrow('not a second time')
  expect(events).toEqual(['start', 'start', 'close'])
})

it('tries the tokens of each issuer at each other one', () => {
  const rows = rowsOf(withIssuers(sample(JWT, FOR_SOME), ISSUERS)).map(({ subject, name }) => `${subject} ${name}`)
  expect(new Set(rows).size).toBe(rows.length)
  expect(rows).toEqual(
    expect.arrayContaining([
      'endpoint refuses a token that names another issuer of the policy (issuer 1)',
      'tool whoami refuses a token that names another issuer of the policy (issuer 2)',
      'tool whoami refuses a JWT that names this issuer and is signed by another issuer of the policy (issuer 3)',
      'tool whoami refuses a JWT that names another issuer of the policy and its key (issuer 2)',
      'tool whoami refuses a token of a client that its issuer is not trusted with (issuer 1)',
      'tool whoami refuses a token of a tenant that is not listed (issuer 2)',
      'tool whoami refuses a token that does not say of which tenant it is (issuer 2)',
      'tool of_staff is unknown to callers of another issuer (issuer 3)',
      'tool at_desk is unknown to another client (issuer 1)',
      'tool of_umbrella is unknown to another tenant (issuer 2)',
      'tool of_umbrella is unknown to a caller with no scope at all (issuer 2)',
      'tool whoami runs once for a caller with no scope at all (issuer 3)',
      'tool write_note does not run by scopes that its issuer cannot grant (issuer 2)',
    ]),
  )
  expect(rows).not.toContain('tool read_notes does not run by scopes that its issuer cannot grant (issuer 2)')
  expect(rows).not.toContain('tool of_staff runs once for a caller with no scope at all (issuer 2)')
  expect(rows).not.toContain('tool whoami refuses a token of a tenant that is not listed (issuer 1)')
})

/** The rows of this name that fail. */
async function caught(options: AccessMatrixOptions, name: string): Promise<readonly string[]> {
  const world = await createWorld(options)
  try {
    const rows = rowsOf(options).filter((row) => `${row.subject} ${row.name}` === name)
    expect(rows, `no row is named so: ${name}`).toHaveLength(1)
    const differences = await Promise.all(rows.map((row) => row.run(world)))
    return differences.flat().map(({ where }) => where)
  } finally {
    await world.close()
  }
}

describe('a policy that is not the one of the spec is caught by the row', () => {
  const scoped = (...scopes: string[]) => ({ access: 'scopes', scopes }) as const
  const sampled = sample(JWT)
  const tool = (name: string, access: ReturnType<typeof scoped> | { access: 'public' | 'authenticated' }) =>
    withPolicy(sampled, ({ tools }) => ({ tools: { ...tools, [name]: access } }))

  it.each(
    [
      {
        row: 'tool export_notes refuses a caller with every scope but notes:export',
        what: 'one of two scopes dropped',
        options: tool('export_notes', scoped('notes:read')),
      },
      {
        row: 'tool write_note refuses a caller with every scope but notes:write',
        what: 'a narrower scope in its place',
        options: tool('write_note', scoped('notes:read')),
      },
      {
        row: 'tool move does not run when its arguments ask for notes:export, which it does not declare',
        what: 'a scope more that arguments may ask for',
        options: withPolicy(sample(JWT, BY_ARGUMENTS), ({ tools }) => ({
          tools: { ...tools, move: { ...scoped('notes:read'), argumentScopes: ['notes:write', 'notes:export'] } },
        })),
      },
      {
        row: 'tool copy runs for a caller with every scope when its arguments ask for notes:read',
        what: 'a scope less that arguments may ask for',
        options: withPolicy(sample(JWT, BY_ARGUMENTS), ({ tools }) => ({
          tools: { ...tools, copy: { access: 'authenticated', argumentScopes: ['notes:export'] } },
        })),
      },
      {
        row: 'tool purge is unknown to a caller with no scope at all',
        what: 'a challenge where there should be nothing',
        options: withPolicy(sample(JWT, HIDDEN), ({ tools }) => ({
          tools: { ...tools, purge: scoped('notes:write') },
        })),
      },
      {
        row: 'tool purge is not listed for a caller with no scope at all',
        what: 'a list that names what should be hidden',
        options: withPolicy(sample(JWT, HIDDEN), ({ tools }) => ({
          tools: { ...tools, purge: scoped('notes:write') },
        })),
      },
      {
        row: 'tool erase refuses a caller whose login was too long ago',
        what: 'a longer time since the login',
        options: withPolicy(sample(JWT, AFTER_LOGIN), ({ tools }) => ({
          tools: { ...tools, erase: { ...scoped('notes:write'), freshLogin: { maxAgeSeconds: 3600 } } },
        })),
      },
      {
        row: 'tool erase refuses a caller whose token does not say when the login was',
        what: 'no rule of the login',
        options: withPolicy(sample(JWT, AFTER_LOGIN), ({ tools }) => ({
          tools: { ...tools, erase: scoped('notes:write') },
        })),
      },
      {
        row: 'tool sign refuses a caller whose login was of another level',
        what: 'a level more',
        options: withPolicy(sample(JWT, AFTER_LOGIN), ({ tools }) => ({
          tools: { ...tools, sign: { access: 'authenticated', acr: ['phr', 'phrh', 'phrx'] } },
        })),
      },
      {
        row: 'tool at_desk is unknown to another client',
        what: 'every client instead of some',
        options: withPolicy(sample(JWT, FOR_CLIENT), ({ tools }) => ({
          tools: { ...tools, at_desk: scoped('notes:write') },
        })),
      },
      {
        row: 'tool at_desk runs once for a caller with exactly the scopes needed',
        what: 'other clients',
        options: withPolicy(sample(JWT, FOR_CLIENT), ({ tools }) => ({
          tools: { ...tools, at_desk: { ...scoped('notes:write'), onlyFor: { clientIds: ['till'] } } },
        })),
      },
      {
        row: 'tool share refuses a caller with notes:read and notes:export without notes:export',
        what: 'one scope dropped from a set',
        options: withPolicy(sample(JWT, ANY_OF), ({ tools }) => ({
          tools: { ...tools, share: { access: 'any-of', anyOf: [['notes:write'], ['notes:read']] } },
        })),
      },
      {
        row: 'tool share runs once for a caller with exactly notes:read and notes:export',
        what: 'all sets instead of one of them',
        options: withPolicy(sample(JWT, ANY_OF), ({ tools }) => ({
          tools: { ...tools, share: scoped('notes:write', 'notes:read', 'notes:export') },
        })),
      },
      {
        row: 'tool share refuses a caller with no scope at all',
        what: 'sets in another order',
        options: withPolicy(sample(JWT, ANY_OF), ({ tools }) => ({
          tools: { ...tools, share: { access: 'any-of', anyOf: [['notes:export'], ['notes:write']] } },
        })),
      },
      {
        row: 'tool read_notes refuses a caller with no scope at all',
        what: 'every caller instead of a scope',
        options: tool('read_notes', { access: 'authenticated' }),
      },
      {
        row: 'tool whoami asks who comes without a token to log in',
        what: 'everybody instead of every caller',
        options: tool('whoami', { access: 'public' }),
      },
      {
        row: 'tool read_notes runs once for a caller with exactly the scopes needed',
        what: 'a scope too many',
        options: tool('read_notes', scoped('notes:read', 'notes:export')),
      },
      {
        row: 'tool write_note refuses a caller with every scope but notes:write',
        what: 'a scope that implies more than it should',
        options: withPolicy(sampled, ({ scopes }) => ({
          scopes: { ...scopes, 'notes:read': { description: '', baseline: true, implies: ['notes:write'] } },
        })),
      },
      {
        row: 'policy holds the scopes that the spec declares, and what they imply',
        what: 'another baseline',
        options: withPolicy(sampled, ({ scopes }) => ({
          scopes: { ...scopes, 'notes:write': { description: '', baseline: true, implies: ['notes:read'] } },
        })),
      },
      {
        row: 'policy names the resource and the issuers that the spec names',
        what: 'an issuer of somebody else',
        options: withPolicy(sampled, () => ({ issuers: [{ issuer: 'https://evil.example', tokens: JWT }] })),
      },
      {
        row: 'policy names the resource and the issuers that the spec names',
        what: 'an issuer more',
        options: withPolicy(sampled, ({ issuers }) => ({
          issuers: [...issuers, { issuer: 'https://evil.example', tokens: JWT }],
        })),
      },
      {
        row: 'policy names the resource and the issuers that the spec names',
        what: 'another resource',
        options: withPolicy(sampled, () => ({ resource: 'http://localhost:3000/other' })),
      },
      {
        row: 'policy offers what the spec declares, and nothing besides',
        what: 'a tool that the spec does not know',
        options: { definition: sample(JWT, PUBLIC).definition, expected: sampled.expected },
      },
    ].map((broken) => [broken.row, broken.what, broken] as const),
  )('%s: %s', async (_row, _what, { row, options }) => {
    expect(await caught({ serverFactory, ...options }, row)).not.toEqual([])
  })
})

interface BrokenRule extends Break {
  readonly row: string
  readonly tokens?: TokenRule
  readonly withPublic?: true
  /** Tools that the server has besides. */
  readonly more?: Record<string, AccessPolicy>
  /** With resources and prompts. */
  readonly withEverything?: true
  /** With three issuers. */
  readonly severalIssuers?: true
  /** The one way of asking that shows it; any, by default. */
  readonly where?: string
}

const ALLOWED = 'tool read_notes runs once for a caller with exactly the scopes needed'
const REFUSED = 'tool read_notes refuses a caller with no scope at all'

const BROKEN: readonly BrokenRule[] = [
  // whose token, and for whom
  {
    row: 'tool read_notes refuses a token for another resource',
    file: 'token/check-audience.js',
    from: `return 'audience-foreign'`,
    to: 'return undefined',
  },
  {
    row: 'tool read_notes refuses a token for this resource and for another',
    file: 'token/check-audience.js',
    from: 'ours.length === audiences.length ?',
    to: 'true ?',
  },
  {
    row: 'tool read_notes refuses a token without an audience',
    file: 'token/check-audience.js',
    from: `return 'audience-missing'`,
    to: 'return undefined',
  },
  {
    row: 'tool read_notes refuses a token for a resource that starts like this one',
    file: 'token/check-audience.js',
    from: 'canonical(audience) === canonical(resource)',
    to: 'canonical(audience).startsWith(canonical(resource))',
  },
  {
    row: 'endpoint refuses a token for another resource',
    file: 'token/identity.js',
    from: 'audience ?? checkKind(claims)',
    to: 'checkKind(claims)',
  },
  {
    row: 'tool read_notes refuses a token that names another issuer',
    file: 'token/introspect.js',
    from: 'iss !== undefined && iss !== this.#accepted.issuer',
    to: 'false',
    tokens: OPAQUE,
  },
  // what kind of token
  {
    row: 'tool read_notes refuses an ID token',
    file: 'token/check-kind.js',
    from: 'ID_TOKEN_CLAIMS.some((claim) => claim in claims)',
    to: 'false',
    tokens: OTHER_JWT,
  },
  {
    row: 'tool read_notes refuses a refresh token',
    file: 'token/check-kind.js',
    from: '!saysAccess(claims.token_use) || ',
    to: '',
    tokens: OPAQUE,
  },
  {
    row: 'tool read_notes refuses a logout token',
    file: 'token/check-kind.js',
    from: `'events' in claims`,
    to: 'false',
  },
  {
    row: 'tool read_notes refuses a token that is bound to a key',
    file: 'token/check-kind.js',
    from: 'claims.cnf === undefined ?',
    to: 'true ?',
  },
  {
    row: 'tool read_notes refuses a JWT of another type',
    file: 'token/verify-jwt.js',
    from: '!typeAllowed(header.typ, this.#typ)',
    to: 'false',
  },
  // when
  {
    row: 'tool read_notes refuses an expired token',
    file: 'token/clock-tolerance.js',
    from: 'const CLOCK_TOLERANCE = 5;',
    to: 'const CLOCK_TOLERANCE = 500;',
  },
  {
    row: 'tool read_notes refuses a token that is not yet valid',
    file: 'token/clock-tolerance.js',
    from: 'const CLOCK_TOLERANCE = 5;',
    to: 'const CLOCK_TOLERANCE = 5000;',
  },
  {
    row: 'tool read_notes refuses a token that is not yet valid',
    file: 'token/introspect.js',
    from: 'Number(nbf) > now + CLOCK_TOLERANCE || ',
    to: '',
    tokens: OPAQUE,
  },
  {
    row: 'tool read_notes refuses a token without an expiry',
    file: 'token/verify-jwt.js',
    from: `['exp', 'iat', 'sub']`,
    to: `['iat', 'sub']`,
  },
  // signed by whom
  ...[
    'a JWT with a changed signature',
    'a JWT whose claims were changed',
    'a JWT signed with the key of somebody else',
    'a JWT with a key id that the issuer does not publish',
  ].map((token) => ({
    row: `tool read_notes refuses ${token}`,
    file: 'token/verify-jwt.js',
    from: 'return (await jwtVerify(token, keys, options)).payload;',
    to: 'return decodeJwt(token);',
  })),
  {
    row: 'tool read_notes refuses a JWT with alg none',
    file: 'token/verify-jwt.js',
    from: 'const header = headerOf(token);',
    to: `const header = headerOf(token); if (header?.alg === 'none') return { claims: decodeJwt(token) };`,
  },
  {
    row: 'tool read_notes refuses a JWT signed with HS256 and the public key',
    file: 'token/verify-jwt.js',
    from: 'const header = headerOf(token);',
    to: `const header = headerOf(token); if (header?.alg === 'HS256') return { claims: decodeJwt(token) };`,
  },
  {
    row: 'tool read_notes refuses a JWT with a critical extension',
    file: 'token/verify-jwt.js',
    from: `if ('crit' in header)`,
    to: `if ('crit' in header) return { claims: decodeJwt(token) }; if (false)`,
  },
  ...['a revoked token', 'a token that nobody issued', 'a JWT where tokens are opaque'].map((token) => ({
    row: `tool read_notes refuses ${token}`,
    file: 'token/introspect.js',
    from: `return { fault: 'inactive' };`,
    to: `return { claims: { aud: 'http://localhost:3000/mcp', sub: 'a', client_id: 'b', scope: 'notes:read' } };`,
    tokens: OPAQUE,
  })),
  // which scopes
  {
    row: 'tool read_notes refuses a caller with scopes that look like those needed',
    file: 'token/identity.js',
    from: 'held.has(scope)',
    to: '[...held].some((other) => other.toLowerCase().startsWith(scope))',
  },
  {
    row: 'tool read_notes runs once for a caller with notes:write in place of notes:read',
    file: 'token/identity.js',
    from: '...(scopes.get(scope)?.implies ?? [])',
    to: '',
  },
  {
    row: 'tool export_notes refuses a caller with every scope but notes:export',
    file: 'guard/grant.js',
    from: 'missing.length === 0',
    to: 'missing.length < policy.scopes.length',
  },
  {
    row: REFUSED,
    file: 'guard/nearest-scopes.js',
    from: '!effective.includes(scope)',
    to: 'false',
  },
  // in every way of asking
  {
    row: REFUSED,
    where: 'in a batch of 2025-03-26',
    file: 'guard/decide-access.js',
    from: 'of messages)',
    to: 'of messages.slice(0, 1))',
  },
  {
    row: REFUSED,
    where: 'as a notification',
    file: 'guard/decide-access.js',
    from: 'for (const message of messages) {',
    to: 'for (const message of messages) { if (message.id === undefined) continue;',
  },
  {
    row: REFUSED,
    where: 'in a request of 2025-11-25',
    file: 'guard/decide-access.js',
    from: 'for (const message of messages) {',
    to: `for (const message of messages) { if (state.era === 'legacy') continue;`,
  },
  {
    row: 'endpoint asks who comes without a token to log in',
    where: 'a stream (GET)',
    file: 'guard/read-bearer-token.js',
    from: `state.method === 'POST'`,
    to: `state.method === 'POST' || state.method === 'GET'`,
    withPublic: true,
  },
  {
    row: 'endpoint asks who comes without a token to log in',
    where: 'completion',
    file: 'guard/decide-access.js',
    from: `'server/discover'`,
    to: `'server/discover', 'completion/complete'`,
    withPublic: true,
  },
  {
    row: 'endpoint asks who comes without a token to log in',
    where: 'a subscription',
    file: 'guard/decide-access.js',
    from: `'server/discover'`,
    to: `'server/discover', 'subscriptions/listen'`,
    withPublic: true,
  },
  // in what is no call of a tool
  {
    row: 'resource archive refuses a caller with every scope but notes:write',
    where: 'in a request of 2026-07-28',
    file: 'guard/policy-of.js',
    from: 'resources.get(name)',
    to: `resources.get('note')`,
    withEverything: true,
  },
  {
    row: 'resource note refuses a caller with no scope at all',
    where: 'as completion of 2026-07-28',
    file: 'mcp/message.js',
    from: 'item: isRecord(params.ref) ? referredTo(params.ref, catalogue) : undefined',
    to: 'item: undefined',
    withEverything: true,
  },
  {
    row: 'prompt summarise refuses a caller with no scope at all',
    where: 'as completion of 2025-11-25',
    file: 'mcp/message.js',
    from: 'item: isRecord(params.ref) ? referredTo(params.ref, catalogue) : undefined',
    to: 'item: undefined',
    withEverything: true,
  },
  {
    row: 'resource note refuses a caller with no scope at all',
    where: 'as a subscription of 2025-11-25',
    file: 'mcp/message.js',
    from: `case 'resources/subscribe':`,
    to: '',
    withEverything: true,
  },
  {
    row: 'resource note refuses a caller with no scope at all',
    where: 'as a subscription of 2026-07-28',
    file: 'mcp/message.js',
    from: 'watches: watchedResources(params, catalogue)',
    to: 'watches: []',
    withEverything: true,
  },
  {
    row: 'resource archive refuses a caller with every scope but notes:write',
    where: 'as a subscription of 2026-07-28',
    file: 'guard/decide-access.js',
    from: 'watches.map(({ match }) => match.resource)',
    to: 'watches.slice(1).map(({ match }) => match.resource)',
    withEverything: true,
  },
  {
    row: 'resource note is not asked which there are for a caller with no scope at all',
    file: 'guard/decide-access.js',
    from: 'return decision instanceof Grant ? [decision] : [];',
    to: "return [Grant.decide(resource, { access: 'public' }, identity)];",
    withEverything: true,
  },
  {
    row: 'prompt tidy refuses a caller with every scope but notes:write',
    file: 'guard/policy-of.js',
    from: 'prompts.get(name)',
    to: `prompts.get('summarise')`,
    withEverything: true,
  },
  // what is told
  {
    row: 'tool export_notes refuses a caller with no scope at all',
    file: 'guard/denials.js',
    from: '[...this.#missing]',
    to: '[...this.#missing].slice(0, 1)',
  },
  {
    row: 'tool export_notes refuses a caller with every scope but notes:export',
    file: 'guard/challenge.js',
    from: 'new Set([...held, ...needed])',
    to: 'new Set(needed)',
  },
  {
    row: 'tool whoami asks who comes without a token to log in',
    file: 'guard/challenge.js',
    from: 'return { resource_metadata: resourceMetadata };',
    to: 'return {};',
  },
  {
    row: 'tool whoami refuses an expired token',
    file: 'guard/challenge.js',
    from: 'The access token is not valid for this resource',
    to: 'The access token has expired',
  },
  // who is called for, and how often
  {
    row: ALLOWED,
    file: 'mcp/handler-context.js',
    from: 'const { subject, clientId, issuer, effective, claims } = caller;',
    to: `const { clientId, issuer, effective, claims } = caller; const subject = 'somebody';`,
  },
  {
    row: ALLOWED,
    file: 'mcp/call-tool.js',
    from: 'const returned =',
    to: 'await grant.tool.module.run(input.value, contextOf(grant, exchange, signal)); const returned =',
  },
  {
    row: 'tool about runs once for a caller with no scope at all',
    file: 'guard/grant.js',
    from: ', undefined, [])',
    to: ', identity, [])',
    withPublic: true,
  },
  // what is hidden, and how a caller logged in
  {
    row: 'tool edit does not run when its rule says no',
    file: 'mcp/call-tool.js',
    from: '!(await isAuthorized(',
    to: 'false && !(await isAuthorized(',
    more: RULED,
  },
  {
    row: 'tool edit does not run when its rule says something else than true',
    file: 'mcp/is-authorized.js',
    from: 'answer === true',
    to: 'Boolean(answer)',
    more: RULED,
  },
  {
    row: 'tool move refuses a caller with every scope but notes:write when its arguments ask for that',
    file: 'guard/decide-access.js',
    from: 'scopesOf(message, argued)',
    to: '[]',
    more: BY_ARGUMENTS,
  },
  {
    row: 'tool move does not run when its arguments ask for notes:export, which it does not declare',
    file: 'guard/pick-argument-scopes.js',
    from: '!known.some((one) => one === scope)',
    to: 'false',
    more: BY_ARGUMENTS,
  },
  {
    row: 'tool purge is unknown to a caller with no scope at all',
    file: 'guard/hidden-items.js',
    from: 'hidden.size === 0',
    to: 'true',
    more: HIDDEN,
  },
  {
    row: 'tool purge is not listed for a caller with no scope at all',
    file: 'guard/grants.js',
    from: '!names.has(name)',
    to: 'true',
    more: HIDDEN,
  },
  {
    row: 'tool erase refuses a caller whose token does not say when the login was',
    file: 'guard/check-login.js',
    from: "typeof authTime !== 'number'",
    to: 'authTime === undefined) return true; if (false',
    more: AFTER_LOGIN,
  },
  {
    row: 'tool erase refuses a caller whose login was too long ago',
    file: 'guard/check-login.js',
    from: 'now - authTime <= maxAgeSeconds',
    to: 'true',
    more: AFTER_LOGIN,
  },
  {
    row: 'tool erase refuses a caller whose login is yet to come',
    file: 'guard/check-login.js',
    from: 'authTime <= now + CLOCK_TOLERANCE',
    to: 'true',
    more: AFTER_LOGIN,
  },
  {
    row: 'tool sign refuses a caller whose login was of another level',
    file: 'guard/check-login.js',
    from: 'acr.includes(claims.acr)',
    to: 'true',
    more: AFTER_LOGIN,
  },
  {
    row: 'tool share refuses a caller with notes:read and notes:export without notes:export',
    file: 'guard/nearest-scopes.js',
    from: '!effective.includes(scope)',
    to: 'false',
    more: ANY_OF,
  },
  // whose token of several issuers, and whom something is for
  {
    row: 'tool at_desk is unknown to another client',
    file: 'guard/is-for.js',
    from: 'isListed(clientIds, identity.clientId)',
    to: 'true',
    more: FOR_CLIENT,
  },
  {
    row: 'tool at_desk is unknown to another client (issuer 1)',
    file: 'guard/hidden-items.js',
    from: '!isFor(policy, identity)',
    to: 'false',
    severalIssuers: true,
  },
  {
    row: 'tool of_umbrella is unknown to another tenant (issuer 2)',
    file: 'guard/is-for.js',
    from: 'isListed(tenants, identity.tenant)',
    to: 'true',
    severalIssuers: true,
  },
  {
    row: 'tool of_staff is unknown to callers of another issuer (issuer 3)',
    file: 'guard/is-for.js',
    from: 'isListed(issuers, identity.issuer)',
    to: 'true',
    severalIssuers: true,
  },
  {
    row: 'tool write_note does not run by scopes that its issuer cannot grant (issuer 2)',
    file: 'token/identity.js',
    from: '&& grantable.includes(scope)',
    to: '',
    severalIssuers: true,
  },
  {
    row: 'tool whoami refuses a token of a client that its issuer is not trusted with (issuer 1)',
    file: 'token/identity.js',
    from: `return { fault: 'client-not-listed' };`,
    to: '{}',
    severalIssuers: true,
  },
  ...['a token of a tenant that is not listed', 'a token that does not say of which tenant it is'].map(
    (token): BrokenRule => ({
      row: `tool whoami refuses ${token} (issuer 2)`,
      file: 'token/identity.js',
      from: `return { fault: 'tenant-not-listed' };`,
      to: '{}',
      severalIssuers: true,
    }),
  ),
  {
    row: 'tool whoami refuses a token that names another issuer of the policy (issuer 1)',
    file: 'token/introspect.js',
    from: 'iss !== undefined && iss !== this.#accepted.issuer',
    to: 'false',
    severalIssuers: true,
  },
  ...[
    'a JWT that names this issuer and is signed by another issuer of the policy',
    'a JWT that names another issuer of the policy and its key',
  ].map(
    (token): BrokenRule => ({
      row: `tool whoami refuses ${token} (issuer 3)`,
      file: 'token/verify-jwt.js',
      from: 'return (await jwtVerify(token, keys, options)).payload;',
      to: 'return decodeJwt(token);',
      severalIssuers: true,
    }),
  ),
]

describe('a guard with one rule broken is caught by the row', () => {
  it.each(
    BROKEN.map((broken) => [`${broken.row}${broken.where === undefined ? '' : `, ${broken.where}`}`, broken] as const),
  )('%s', async (_, { row, tokens = JWT, withPublic, withEverything, severalIssuers, more = {}, where, ...broken }) => {
    const { serverFactory: brokenFactory } = await brokenRuntime(broken)
    const several = severalIssuers ? withIssuers(sample(tokens, FOR_SOME), ISSUERS) : undefined
    const one = withEverything ? sampleWithEverything(tokens) : sample(tokens, withPublic ? PUBLIC : more)
    const options = several ?? one
    const name = withPublic && row.startsWith('endpoint asks') ? `${row}, except for what leads to what is public` : row
    const found = await caught({ serverFactory: brokenFactory, ...options }, name)
    expect(found).not.toEqual([])
    if (where !== undefined) expect(found).toContain(where)
  })
})
