import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createTestIssuer, type TokenRequest, tampered } from '../../testing/src/issuer.js'
import { RESOURCE } from './support/definition.js'
import { type Answer, createHarness, type Harness, issuerPolicy, modern, parseChallenge } from './support/harness.js'

/** What the wire says of every bad token, whatever is wrong with it. */
function expectInvalidToken(answer: Answer): void {
  expect(answer.status).toBe(401)
  expect(parseChallenge(answer)).toMatchObject({
    error: 'invalid_token',
    error_description: 'The access token is not valid for this resource',
  })
  expect(answer.body).toEqual({ error: 'invalid_token' })
}

const callWhoami = (harness: Harness, token: string): Promise<Answer> =>
  modern(harness.app, 'tools/call', { name: 'whoami' }, { token })

afterEach(() => {
  vi.useRealTimers()
})

describe('JWT access tokens', () => {
  let harness: Harness
  beforeAll(async () => {
    const issuer = await createTestIssuer({ audience: RESOURCE, algorithms: ['ES256', 'RS256', 'PS256', 'EdDSA'] })
    harness = await createHarness({ issuer })
  })
  beforeEach(() => {
    harness.witness.calls = []
    harness.audits()
  })
  afterAll(() => harness.close())

  test.each(['ES256', 'RS256', 'PS256', 'EdDSA'])('a good token signed with %s is accepted', async (algorithm) => {
    const answer = await callWhoami(harness, await harness.token({ algorithm, subject: 'grace' }))
    expect(answer.body.result.structuredContent).toEqual({ subject: 'grace' })
  })

  const bad: [string, TokenRequest, string][] = [
    ['TK-02: an expired token', { expiresIn: -30 }, 'expired'],
    [
      'TK-01: a token that is not valid yet',
      { claims: { nbf: Math.floor(Date.now() / 1000) + 3600 } },
      'not-yet-valid',
    ],
    [
      'TK-01: a token from the future',
      { claims: { iat: Math.floor(Date.now() / 1000) + 60, exp: Math.floor(Date.now() / 1000) + 300 } },
      'not-yet-valid',
    ],
    ['TK-01: a token whose issue is no number', { claims: { iat: 'now' } }, 'claim-malformed'],
    ['TK-01: a token whose beginning is no number', { claims: { nbf: 'now' } }, 'claim-malformed'],
    ['TK-01: a token that never expires', { expiresIn: null }, 'claim-missing'],
    ['TK-01: a token whose expiry is no number', { claims: { exp: 'never' } }, 'claim-malformed'],
    ['TK-01: a token that expired before it was a date', { claims: { exp: -5 } }, 'expired'],
    ['TK-10: a token with a list of issuers', { claims: { iss: ['https://evil.example'] } }, 'unknown-issuer'],
    ['a token whose key is named like a path', { header: { kid: '../../dev/null' } }, 'unknown-key'],
    ['TK-03: a token for another audience', { audience: 'https://other.example.com/mcp' }, 'audience-foreign'],
    ['TK-03: a token for another path of this host', { audience: 'https://notes.example.com/MCP' }, 'audience-foreign'],
    ['TK-03: a token for the origin of this resource', { audience: 'https://notes.example.com' }, 'audience-foreign'],
    ['TK-03: a token for this resource with a slash', { audience: `${RESOURCE}/` }, 'audience-foreign'],
    ['TK-03: a token for this resource with a query', { audience: `${RESOURCE}?a=b` }, 'audience-foreign'],
    ['TK-04: a token without an audience', { audience: null }, 'audience-missing'],
    ['TK-04: a token with an empty list of audiences', { audience: [] }, 'audience-missing'],
    ['TK-04: a token whose audience is an object', { claims: { aud: { a: RESOURCE } } }, 'claim-malformed'],
    [
      'TK-05: a token that another service accepts too',
      { audience: [RESOURCE, 'https://other.example.com'] },
      'audience-shared',
    ],
    ['TK-05, TK-10: a token that names another issuer', { issuer: 'https://evil.example' }, 'unknown-issuer'],
    ['TK-09: an ID token', { type: 'JWT', claims: { nonce: 'n' } }, 'type-not-allowed'],
    ['TK-09: a token without a type', { type: null }, 'type-not-allowed'],
    ['TK-09: an ID token dressed as an access token', { claims: { nonce: 'n' } }, 'not-an-access-token'],
    ['a refresh token', { claims: { typ: 'Refresh' } }, 'not-an-access-token'],
    ['a refresh token by token_use', { claims: { token_use: 'refresh_token' } }, 'not-an-access-token'],
    ['TK-09: a security event, such as a logout token', { claims: { events: { logout: {} } } }, 'not-an-access-token'],
    ['a token bound to a key (DPoP)', { claims: { cnf: { jkt: 'abc' } } }, 'sender-constrained'],
    ['TK-11: a token for a generic audience', { audience: 'api' }, 'audience-foreign'],
    ['a token without a subject', { claims: { sub: undefined } }, 'claim-missing'],
    ['a token whose subject is a number', { claims: { sub: 7 } }, 'claim-malformed'],
    ['a token without a client', { claims: { client_id: undefined } }, 'claim-missing'],
    ['a token without iat', { claims: { iat: undefined } }, 'claim-missing'],
    ['TK-09: a token of another kind', { type: 'application/secevent+jwt' }, 'type-not-allowed'],
    ['TK-09: a JWT that is only that', { type: 'JWT' }, 'type-not-allowed'],
    ['TK-09: an ID token by its hash of the state', { claims: { s_hash: 's' } }, 'not-an-access-token'],
    ['a token with a critical header', { header: { crit: ['exp'], exp: 1 } }, 'critical-header'],
    ['a token with an unknown key', { header: { kid: 'nobody' } }, 'unknown-key'],
    ['a token that brings its own key', { header: { kid: 'x', jwk: { kty: 'oct', k: 'AA' } } }, 'unknown-key'],
  ]
  test.each(bad)('%s gets 401', async (_, request, fault) => {
    expectInvalidToken(await callWhoami(harness, await harness.token(request)))
    expect(harness.witness.calls).toEqual([])
    expect(harness.audits()).toEqual([expect.objectContaining({ decision: 'refused', reason: 'token-refused', fault })])
  })

  test('TK-02: a tampered token gets 401', async () => {
    expectInvalidToken(await callWhoami(harness, harness.secret(tampered(await harness.token()))))
    expect(harness.audits()).toMatchObject([{ fault: 'bad-signature' }])
  })

  test('TK-02: a token with another payload under the same signature gets 401', async () => {
    const [header, , signature] = (await harness.token()).split('.')
    const [, payload] = (await harness.token({ subject: 'admin' })).split('.')
    expectInvalidToken(await callWhoami(harness, harness.secret(`${header}.${payload}.${signature}`)))
  })

  test('TK-08: alg none gets 401', async () => {
    expectInvalidToken(await callWhoami(harness, harness.secret(await harness.issuer.issueUnsigned())))
    for (const alg of ['None', 'NONE', 'nOnE']) {
      const token = await harness.issuer.issueUnsigned({ header: { alg } })
      expectInvalidToken(await callWhoami(harness, harness.secret(`${token}AAAA`)))
    }
  })

  test('TK-08: HS256 with the public key as its secret gets 401', async () => {
    const token = harness.secret(await harness.issuer.issueSignedWithPublicKey())
    expectInvalidToken(await callWhoami(harness, token))
    expect(harness.audits()).toMatchObject([{ fault: 'algorithm-not-allowed' }])
  })

  test('TK-08: a key, or the address of one, that a token brings along is not looked at', async () => {
    const other = await createTestIssuer({ audience: RESOURCE })
    const { kid } = JSON.parse(Buffer.from((await harness.token()).split('.')[0] ?? '', 'base64url').toString())
    const brought = { jku: `${other.issuer}/jwks`, x5u: `${other.issuer}/jwks`, x5c: ['AAAA'], kid }
    const forged = await other.issue({ issuer: harness.issuer.issuer, header: brought })
    expectInvalidToken(await callWhoami(harness, harness.secret(forged)))
    expect(harness.audits()).toMatchObject([{ fault: 'bad-signature' }])
    expect(other.requests).toEqual({ metadata: 0, jwks: 0, introspection: 0 })
    // And harmless in a token that is good.
    const good = await harness.token({ header: { jku: 'https://evil.example/jwks' } })
    expect((await callWhoami(harness, good)).status).toBe(200)
    await other.stop()
  })

  test.each(['at+jwt', 'AT+JWT', 'application/at+jwt', 'application/AT+jwt'])(
    'RFC 9068 section 4: the type may be written %s',
    async (type) => {
      expect((await callWhoami(harness, await harness.token({ type }))).status).toBe(200)
    },
  )

  test('TK-02: a token of 8 KiB is read, a longer one is not', async () => {
    const padding = (length: number): TokenRequest => ({ claims: { padding: 'x'.repeat(length) } })
    const fits = await harness.token(padding(5_600))
    expect(fits.length).toBeLessThanOrEqual(8192)
    expect((await callWhoami(harness, fits)).status).toBe(200)
    const long = await harness.token(padding(6_000))
    expect(long.length).toBeGreaterThan(8192)
    expectInvalidToken(await callWhoami(harness, long))
    expect(harness.audits().at(-1)).toMatchObject({ reason: 'token-malformed' })
  })

  test('TK-05: a token of another issuer, signed by it, for this resource gets 401', async () => {
    const other = await createTestIssuer({ audience: RESOURCE })
    expectInvalidToken(await callWhoami(harness, harness.secret(await other.issue())))
    // The same, naming the issuer that is trusted.
    expectInvalidToken(await callWhoami(harness, harness.secret(await other.issue({ issuer: harness.issuer.issuer }))))
    await other.stop()
  })

  test.each([
    ['garbage', 'garbage'],
    ['three parts of garbage', 'a.b.c'],
    ['an encrypted token', 'eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.a.b.c.d'],
    ['nothing', ''],
    ['two tokens', 'one two'],
    ['a quote', '"quoted"'],
    ['9000 characters', 'a'.repeat(9000)],
  ])('%s instead of a token gets 401', async (_, token) => {
    expectInvalidToken(await callWhoami(harness, token))
  })

  test.each([
    ['as a list', [RESOURCE]],
    ['with scheme and host in upper case', 'HTTPS://NOTES.EXAMPLE.COM/mcp'],
    ['with the default port', 'https://notes.example.com:443/mcp'],
  ])('PR-08: the audience may be written %s', async (_, audience) => {
    expect((await callWhoami(harness, await harness.token({ audience }))).status).toBe(200)
  })

  test.each([
    ['scp as a list', { scope: undefined, scp: ['notes:read'] }],
    ['scp as a string', { scope: undefined, scp: 'notes:read other' }],
    ['scope as a list', { scope: ['notes:read'] }],
  ])('scopes are read from %s', async (_, claims) => {
    const answer = await modern(
      harness.app,
      'tools/call',
      { name: 'read_notes' },
      { token: await harness.token({ claims }) },
    )
    expect(answer.status).toBe(200)
  })

  test('the client may be named azp', async () => {
    const token = await harness.token({ claims: { client_id: undefined, azp: 'other-client' } })
    expect((await callWhoami(harness, token)).status).toBe(200)
    expect(harness.audits()).toMatchObject([{ clientId: 'other-client' }])
  })

  test('TK-20: what a client says about itself changes nothing', async () => {
    const token = await harness.token()
    const info = { 'io.modelcontextprotocol/clientInfo': { name: 'admin', version: '1' } }
    const answer = await modern(harness.app, 'tools/call', { name: 'delete_note', _meta: info }, { token })
    expect(answer.status).toBe(403)
  })

  test('a clock that is a few seconds off is forgiven, and no more', async () => {
    expect((await callWhoami(harness, await harness.token({ expiresIn: -2 }))).status).toBe(200)
    expectInvalidToken(await callWhoami(harness, await harness.token({ expiresIn: -10 })))
  })

  test('after a rotation the new key is found without a restart, and the old one is worth nothing', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const old = await harness.token()
    expect((await callWhoami(harness, old)).status).toBe(200)
    await harness.issuer.rotateKeys()
    vi.setSystemTime(Date.now() + 6_000)
    expect((await callWhoami(harness, await harness.token())).status).toBe(200)
    expectInvalidToken(await callWhoami(harness, old))
  })
})

describe('an issuer that does not set the type of its access tokens', () => {
  test('TK-09: is accepted where the policy says so, and its ID tokens still are not', async () => {
    const harness = await createHarness({ typ: 'JWT' })
    expect((await callWhoami(harness, await harness.token({ type: 'JWT' }))).status).toBe(200)
    expect((await callWhoami(harness, await harness.token({ type: null }))).status).toBe(200)
    for (const request of [
      { type: 'JWT', audience: 'test-client', claims: { nonce: 'n' } },
      { type: 'JWT', claims: { nonce: 'n' } },
      { type: 'JWT', claims: { at_hash: 'h' } },
      { type: 'JWT', claims: { typ: 'ID' } },
      { type: 'JWT', claims: { token_use: 'id' } },
      // OpenID Connect asks for neither nonce nor at_hash: what an ID token never has is a scope.
      { type: 'JWT', claims: { scope: undefined } },
      { type: null, claims: { scope: undefined, azp: 'test-client', auth_time: 1 } },
      { type: 'logout+jwt' },
    ]) {
      expectInvalidToken(await callWhoami(harness, await harness.token(request)))
    }
    await harness.close()
  })
})

describe('an issuer that cannot be asked', () => {
  test('TK-13: is 503 with Retry-After and no challenge, the handler is not run, and it recovers without a restart', async () => {
    const harness = await createHarness()
    const token = await harness.token()
    await harness.issuer.stop()
    const down = await callWhoami(harness, token)
    expect([down.status, down.headers['retry-after']]).toEqual([503, '5'])
    expect(down.headers).not.toHaveProperty('www-authenticate')
    expect(down.body).toEqual({ error: 'temporarily_unavailable' })
    expect(harness.witness.calls).toEqual([])
    expect(harness.audits()).toMatchObject([{ reason: 'issuer-unavailable', issuer: harness.issuer.issuer }])
    await harness.issuer.restart()
    expect((await callWhoami(harness, token)).status).toBe(200)
    await harness.close()
  })

  test('TK-13: that fails again and again is left alone, and Retry-After says for how long', async () => {
    const harness = await createHarness({ form: 'opaque' })
    harness.issuer.answerIntrospection({ status: 500, body: '{}' })
    const token = await harness.token()
    for (let count = 0; count < 5; count += 1) expect((await callWhoami(harness, token)).status).toBe(503)
    const asked = harness.issuer.requests.introspection
    const answer = await callWhoami(harness, token)
    expect(answer.status).toBe(503)
    // About 5 seconds: chance takes or adds a quarter.
    expect(answer.headers['retry-after']).toMatch(/^[4-7]$/)
    expect(answer.headers).not.toHaveProperty('www-authenticate')
    expect(harness.issuer.requests.introspection).toBe(asked)
    await harness.close()
  })

  test('a token that says by itself that it is no good is not worth a request', async () => {
    const harness = await createHarness()
    expectInvalidToken(await callWhoami(harness, harness.secret(await harness.issuer.issueUnsigned())))
    expect(harness.issuer.requests.metadata).toBe(0)
    await harness.close()
  })

  test('metadata that names another issuer is not used', async () => {
    const issuer = await createTestIssuer({ audience: RESOURCE, metadataIssuer: 'https://evil.example' })
    const harness = await createHarness({ issuer })
    expect((await callWhoami(harness, await harness.token())).status).toBe(503)
    expect(harness.audits()[0]?.detail).toMatch(/names another issuer/)
    await harness.close()
  })

  test('is asked once for many who wait', async () => {
    const harness = await createHarness()
    const token = await harness.token()
    const answers = await Promise.all(Array.from({ length: 10 }, () => callWhoami(harness, token)))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(harness.issuer.requests).toMatchObject({ metadata: 1, jwks: 1 })
    await harness.close()
  })

  test.each([
    ['RFC 8414 with a path', { path: '/tenant' }],
    ['OpenID Connect Discovery', { discovery: 'oidc' as const }],
    ['OpenID Connect Discovery with a path', { discovery: 'oidc' as const, path: '/realms/notes' }],
  ])('its metadata is found by %s', async (_, options) => {
    const issuer = await createTestIssuer({ audience: RESOURCE, ...options })
    const harness = await createHarness({ issuer })
    expect((await callWhoami(harness, await harness.token())).status).toBe(200)
    await harness.close()
  })
})

describe('opaque access tokens', () => {
  let harness: Harness
  beforeAll(async () => {
    harness = await createHarness({ form: 'opaque' })
  })
  beforeEach(() => {
    harness.witness.calls = []
    harness.audits()
    harness.issuer.answerIntrospection()
  })
  afterAll(() => harness.close())

  test('TK-12: are verified by asking the issuer, with credentials of this server', async () => {
    const answer = await callWhoami(harness, await harness.token({ subject: 'grace' }))
    expect(answer.body.result.structuredContent).toEqual({ subject: 'grace' })
    expect(harness.issuer.requests.introspection).toBeGreaterThan(0)
  })

  const bad: [string, TokenRequest, string][] = [
    ['TK-12: a token for another audience', { audience: 'https://other.example.com/mcp' }, 'audience-foreign'],
    ['TK-04: a token without an audience', { audience: null }, 'audience-missing'],
    ['TK-05: a token with a second audience', { audience: [RESOURCE, 'https://other.example.com'] }, 'audience-shared'],
    ['an expired token', { expiresIn: -1 }, 'inactive'],
    ['a token of another issuer', { issuer: 'https://evil.example' }, 'foreign-issuer'],
    ['a refresh token, as Ory names it', { claims: { token_use: 'refresh_token' } }, 'not-an-access-token'],
    ['a refresh token by its type', { claims: { token_type: 'refresh_token' } }, 'not-an-access-token'],
    ['a DPoP token', { claims: { token_type: 'DPoP', cnf: { jkt: 'x' } } }, 'not-an-access-token'],
    ['a token that is not valid yet', { claims: { nbf: 9_999_999_999 } }, 'not-yet-valid'],
    ['a token without a subject', { claims: { sub: undefined } }, 'claim-missing'],
    ['active as a string', { claims: { active: 'true' } }, ''],
  ]
  test.each(bad)('%s gets no further', async (_, request, fault) => {
    const answer = await callWhoami(harness, await harness.token(request))
    expect(harness.witness.calls).toEqual([])
    if (fault === '') return expect(answer.status).toBe(503)
    expectInvalidToken(answer)
    expect(harness.audits()).toEqual([expect.objectContaining({ fault })])
  })

  test('TK-06: an answer that repeats the token, at whatever place, hands it to no handler', async () => {
    const token = await harness.token({ subject: 'grace' })
    const claims = { sub: 'grace', client_id: 'c', aud: RESOURCE, token, ext: { token }, list: [`Bearer ${token}`] }
    harness.issuer.answerIntrospection({ status: 200, body: JSON.stringify({ active: true, ...claims, plan: 'free' }) })
    expect((await callWhoami(harness, token)).status).toBe(200)
    const [call] = harness.witness.calls
    expect(call?.context.caller).toMatchObject({ subject: 'grace', claims: { plan: 'free' } })
    expect(JSON.stringify(call?.context)).not.toContain(token)
  })

  test('what repeats the token still counts in the judgement', async () => {
    const token = await harness.token()
    const claims = { sub: 'grace', client_id: 'c', aud: RESOURCE, cnf: { jkt: token } }
    harness.issuer.answerIntrospection({ status: 200, body: JSON.stringify({ active: true, ...claims }) })
    expectInvalidToken(await callWhoami(harness, token))
    expect(harness.audits()).toMatchObject([{ fault: 'sender-constrained' }])
  })

  test('PR-14: a token of a kind that the issuer does not give out gets 401, which asks for a login, and not 503', async () => {
    harness.issuer.answerIntrospection({ status: 400, body: '{"error":"unsupported_token_type"}' })
    expectInvalidToken(await callWhoami(harness, await harness.token({ form: 'jwt' })))
    expect(harness.audits()).toEqual([expect.objectContaining({ reason: 'token-refused', fault: 'inactive' })])
    harness.issuer.answerIntrospection({ status: 400, body: '{"error":"invalid_request"}' })
    expect((await callWhoami(harness, await harness.token({ form: 'jwt' }))).status).toBe(503)
    expect(harness.witness.calls).toEqual([])
  })

  test('a token that nobody knows gets 401', async () => {
    expectInvalidToken(await callWhoami(harness, harness.secret('never-issued-token')))
  })

  test.each([
    ['our credentials are refused', { status: 401, body: '{"error":"invalid_client"}' }],
    ['it is broken', { status: 500, body: '<html>' }],
    ['it answers no JSON', { status: 200, body: '<html>' }],
    ['it does not say whether the token is active', { status: 200, body: '{"sub":"ada"}' }],
    ['it answers a list', { status: 200, body: '[{"active":true}]' }],
  ])('TK-13: when %s the answer is 503, never 200', async (_, introspection) => {
    harness.issuer.answerIntrospection(introspection)
    const answer = await callWhoami(harness, await harness.token())
    expect(answer.status).toBe(503)
    expect(harness.witness.calls).toEqual([])
  })

  test('TK-13: is 503 while the issuer is down, and recovers', async () => {
    const token = await harness.token()
    await harness.issuer.stop()
    expect((await callWhoami(harness, token)).status).toBe(503)
    await harness.issuer.restart()
    expect((await callWhoami(harness, token)).status).toBe(200)
  })

  test('an active answer is believed for a while, and one question does for many who wait', async () => {
    const token = await harness.token()
    const before = harness.issuer.requests.introspection
    const release = harness.issuer.holdIntrospection()
    const waiting = Array.from({ length: 5 }, () => callWhoami(harness, token))
    await vi.waitFor(() => expect(harness.issuer.requests.introspection).toBe(before + 1))
    release()
    await Promise.all(waiting)
    await callWhoami(harness, token)
    expect(harness.issuer.requests.introspection - before).toBe(1)
  })

  test('TK-14: no longer than the token lives', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const token = await harness.token({ expiresIn: 2 })
    expect((await callWhoami(harness, token)).status).toBe(200)
    vi.setSystemTime(Date.now() + 3_000)
    expectInvalidToken(await callWhoami(harness, token))
  })

  test('TK-22: and a revoked token works for 30 seconds at most', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const token = await harness.token()
    expect((await callWhoami(harness, token)).status).toBe(200)
    harness.issuer.revoke(token)
    vi.setSystemTime(Date.now() + 31_000)
    expectInvalidToken(await callWhoami(harness, token))
  })

  test('an inactive answer is never remembered', async () => {
    harness.issuer.answerIntrospection({ status: 200, body: '{"active":false}' })
    const token = await harness.token()
    expectInvalidToken(await callWhoami(harness, token))
    harness.issuer.answerIntrospection()
    expect((await callWhoami(harness, token)).status).toBe(200)
  })
})

describe('issuers of both forms', () => {
  test('a token that fails as a JWT is never tried by introspection, and an opaque one goes to no JWT issuer', async () => {
    const [jwt, opaque] = await Promise.all([
      createTestIssuer({ audience: RESOURCE }),
      createTestIssuer({ audience: RESOURCE }),
    ])
    const harness = await createHarness({
      issuer: opaque,
      issuers: [issuerPolicy(jwt, 'jwt'), issuerPolicy(opaque, 'opaque')],
    })
    for (const token of [
      await jwt.issue({ audience: 'https://other.example' }),
      tampered(await jwt.issue()),
      await jwt.issueUnsigned(),
      await jwt.issue({ issuer: 'https://evil.example' }),
    ]) {
      expectInvalidToken(await callWhoami(harness, harness.secret(token)))
    }
    expect(opaque.requests.introspection).toBe(0)
    const asked = { ...jwt.requests }
    expect((await callWhoami(harness, harness.secret(await opaque.issue({ form: 'opaque' })))).status).toBe(200)
    expect(jwt.requests).toEqual(asked)
    expect((await callWhoami(harness, harness.secret(await jwt.issue()))).status).toBe(200)
    await harness.close()
    await jwt.stop()
  })
})
