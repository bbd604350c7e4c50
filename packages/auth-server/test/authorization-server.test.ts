import { CookieJar } from '@mcp-secure/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { basic, introspect, postForm, RawClient, redirectError } from './support/client.js'
import { introspectionSecret, resource, startServer, type TestServer } from './support/server.js'

let server: TestServer
let client: RawClient

beforeAll(async () => {
  server = await startServer()
  client = await RawClient.registered(server)
})
afterAll(() => server.close())

describe('metadata', () => {
  const locations = ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration']

  it.each(locations)('AS-02 AS-03 AS-04 %s says who this is, byte for byte', async (path) => {
    const response = await fetch(server.issuer + path)
    const metadata = await response.json()
    expect(response.status).toBe(200)
    expect(metadata).toMatchObject({
      issuer: server.issuer,
      authorization_endpoint: `${server.issuer}/auth`,
      token_endpoint: `${server.issuer}/token`,
      registration_endpoint: `${server.issuer}/reg`,
      revocation_endpoint: `${server.issuer}/token/revocation`,
      introspection_endpoint: `${server.issuer}/token/introspection`,
      jwks_uri: `${server.issuer}/jwks`,
    })
    expect(JSON.stringify(metadata)).not.toMatch(/null|:""/)
  })

  it.each(locations)('Q12 %s answers HEAD without a body', async (path) => {
    const response = await fetch(server.issuer + path, { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('application/json')
    expect(await response.text()).toBe('')
  })

  it('AS-06 AS-09 AS-11 AS-35 Q22 says what clients decide by', async () => {
    const metadata = await (await fetch(`${server.issuer}${locations[0]}`)).json()
    expect(metadata).toMatchObject({
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      client_id_metadata_document_supported: true,
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      response_modes_supported: ['query', 'fragment'],
      scopes_supported: ['notes:read', 'notes:write', 'openid', 'offline_access'],
    })
    expect(
      (metadata as { token_endpoint_auth_methods_supported: string[] }).token_endpoint_auth_methods_supported,
    ).toContain('none')
  })

  it.each([...locations, '/jwks', '/token', '/token/revocation'])('AS-14 %s answers a preflight', async (path) => {
    const response = await fetch(server.issuer + path, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:6274',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'mcp-protocol-version',
      },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:6274')
    expect(response.headers.get('access-control-allow-headers')).toBe('mcp-protocol-version')
    expect(response.headers.get('access-control-allow-credentials')).toBeNull()
  })

  it('AS-13 the authorization endpoint knows no CORS', async () => {
    const origin = { origin: 'http://localhost:6274', 'access-control-request-method': 'GET' }
    const preflight = await fetch(`${server.issuer}/auth`, { method: 'OPTIONS', headers: origin })
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
    const request = await fetch(client.authorizationUrl(), { redirect: 'manual', headers: origin })
    expect(request.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('authorization requests', () => {
  it('AS-08 AS-31 approval and denial carry iss and the state unchanged', async () => {
    const state = `${'x'.repeat(2100)} <script>&"'`
    for (const decision of ['approve', 'deny'] as const) {
      const callback = await client.logIn({ state }, { decision })
      expect(callback.searchParams.get('iss')).toBe(server.issuer)
      expect(callback.searchParams.get('state')).toBe(state)
      expect(callback.searchParams.get('error')).toBe(decision === 'deny' ? 'access_denied' : null)
      expect(callback.searchParams.has('code')).toBe(decision === 'approve')
    }
  })

  it('Q32 a request without state is answered without state', async () => {
    const callback = await client.logIn({ state: undefined })
    expect(callback.searchParams.has('code')).toBe(true)
    expect(callback.searchParams.has('state')).toBe(false)
  })

  it('AS-15 unknown parameters are ignored and empty ones count as absent', async () => {
    const callback = await client.logIn({ foo: 'bar', prompt: '', nonce: 'unused', acr_values: '' })
    expect(callback.searchParams.has('code')).toBe(true)
  })

  it('AS-15 a repeated parameter is refused', async () => {
    const response = await client.authorize({ client_id: [client.clientId, client.clientId] })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('must not be provided twice')
    expect(redirectError(await client.authorize({ scope: ['notes:read', 'notes:write'] }))).toBe('invalid_request')
  })

  it('AS-22 Q19 the port and the name of this computer may differ from what was registered', async () => {
    for (const redirect of [
      'http://127.0.0.1:1234/callback',
      'http://localhost:1/callback',
      'http://[::1]:99/callback',
    ]) {
      const callback = await client.logIn({ redirect_uri: redirect })
      expect(callback.href.startsWith(redirect)).toBe(true)
    }
  })

  it.each([
    'http://127.0.0.1:41741/callback/',
    'http://127.0.0.1:41741/Callback',
    'http://127.0.0.1:41741/callback?x=1',
    'http://127.0.0.1:41741/a/../callback',
    'http://127.0.0.1:41741/',
    'https://127.0.0.1:41741/callback',
    'http://127.0.0.1.evil.example/callback',
    'http://127.0.0.2:41741/callback',
    'http://user@127.0.0.1:41741/callback',
    'http://evil.example:41741/callback',
    'https://localhost/callback',
    'javascript:alert(1)',
  ])('AS-21 AS-23 CI-04 Q24 the answer never goes to %s', async (redirect) => {
    const response = await client.authorize({ redirect_uri: redirect })
    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBeNull()
    expect(response.headers.get('content-type')).toContain('text/html')
  })

  it('Q19 a hosted redirect has one spelling only', async () => {
    const hosted = await RawClient.registered(server, { redirect_uris: ['https://client.example/cb'] })
    for (const redirect of ['https://client.example:8443/cb', 'https://client.example/cb/', 'http://localhost/cb']) {
      expect((await hosted.authorize({ redirect_uri: redirect })).status).toBe(400)
    }
    expect((await hosted.logIn()).origin).toBe('https://client.example')
  })

  it('AS-23 an unknown client gets a page and no redirect', async () => {
    const response = await client.authorize({ client_id: 'nobody' })
    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBeNull()
    expect(await response.text()).toContain('This program is not known here')
  })

  it('AS-24 AS-25 an error before the login does not send anybody to a hosted address', async () => {
    const hosted = await RawClient.registered(server, { redirect_uris: ['https://evil.example/cb'] })
    for (const wrong of [
      { scope: 'phantom' },
      { code_challenge: undefined },
      { resource: 'https://elsewhere.example/mcp' },
    ]) {
      const response = await hosted.authorize(wrong)
      expect(response.status).toBe(400)
      expect(response.headers.get('location')).toBeNull()
      expect(await response.text()).toContain('Go back to evil.example')
    }
  })

  it('AS-24 AS-25 nor to a private scheme, whose program anybody can name', async () => {
    const editor = await RawClient.registered(server, { redirect_uris: ['vscode://vscode.git/clone?url=x'] })
    for (const mode of ['query', 'fragment']) {
      const response = await editor.authorize({ scope: 'phantom', response_mode: mode })
      expect(response.status).toBe(400)
      expect(response.headers.get('location')).toBeNull()
      expect(await response.text()).toContain('Go back to vscode://vscode.git')
    }
  })

  it.each([
    ['no challenge', { code_challenge: undefined, code_challenge_method: undefined }],
    ['plain', { code_challenge_method: 'plain' }],
    ['a challenge without a method, which means plain', { code_challenge_method: undefined }],
  ])('AS-26 PKCE with %s is refused', async (_, parameters) => {
    expect(redirectError(await client.authorize(parameters))).toBe('invalid_request')
  })

  it('AS-26 PKCE is asked of confidential clients too', async () => {
    const confidential = await RawClient.registered(server, { token_endpoint_auth_method: 'client_secret_basic' })
    expect(redirectError(await confidential.authorize({ code_challenge: undefined }))).toBe('invalid_request')
  })

  it.each(['token', 'id_token', 'code token', 'none'])('response_type %s is refused', async (type) => {
    const response = await client.authorize({ response_type: type })
    expect(response.headers.get('location')).toContain('error=unsupported_response_type')
  })

  it('response_mode form_post is refused, because its page would run a script', async () => {
    expect(redirectError(await client.authorize({ response_mode: 'form_post' }))).toBe('unsupported_response_mode')
  })

  it('AS-37 nobody gets past the login, and prompt=none says so', async () => {
    expect((await client.authorize()).headers.get('location')).toContain('/interaction/')
    expect(redirectError(await client.authorize({ prompt: 'none' }))).toBe('login_required')
  })

  it('prompt=consent and offline_access, as the official client asks, lead to a login', async () => {
    const tokens = await client.tokens({ prompt: 'consent', scope: 'notes:read offline_access' })
    expect(tokens).toMatchObject({ scope: 'notes:read' })
    expect(tokens).toHaveProperty('refresh_token')
  })

  it('AS-38 a client with a secret comes back without a question, and asks for more with one', async () => {
    const web = await RawClient.registered(server, {
      redirect_uris: ['https://client.example/cb'],
      token_endpoint_auth_method: 'client_secret_basic',
    })
    const cookies = new CookieJar()
    await web.logIn({}, { cookies })
    // A denial would be answered if the page came.
    expect((await web.logIn({}, { cookies, decision: 'deny' })).searchParams.has('code')).toBe(true)
    const wider = await web.logIn({ scope: 'notes:read notes:write' }, { cookies, decision: 'deny' })
    expect(wider.searchParams.get('error')).toBe('access_denied')
  })
})

describe('the resource', () => {
  const upper = 'HTTP://LOCALHOST:3000/mcp'

  it.each([
    ['absent', undefined],
    ['empty', ''],
    ['as it is', resource],
    ['with a slash', `${resource}/`],
    ['in upper case', upper],
    ['twice', [resource, `${resource}/`]],
    ['as its origin alone', new URL(resource).origin],
    ['as its origin and a slash', `${new URL(resource).origin}/`],
    ['as itself and its origin', [resource, new URL(resource).origin]],
  ])('AS-17 AS-36 Q7 Q8 %s is the one resource at both endpoints', async (_, spelling) => {
    const callback = await client.logIn({ resource: spelling })
    const { body } = await client.redeem(callback.searchParams.get('code'), { resource: spelling })
    expect(await introspect(server, body.access_token)).toMatchObject({ active: true, aud: resource, sub: 'ada' })
  })

  it('Q7 the two legs may spell it differently', async () => {
    const callback = await client.logIn({ resource: undefined })
    const { status } = await client.redeem(callback.searchParams.get('code'), { resource: upper })
    expect(status).toBe(200)
  })

  it.each([
    'https://elsewhere.example/mcp',
    'http://localhost:3000//',
    'http://localhost:3000/?x=1',
    'http://localhost:3000/#x',
    'http://localhost:3001/',
    'http://localhost:3000/mcp/other',
    'http://localhost:3000/mcp//',
    'http://localhost:3000/mcp?x=1',
    'http://localhost:3000/MCP',
    'http://localhost:3001/mcp',
    'http://localhost:3000/mcp#fragment',
    'http://user@localhost:3000/mcp',
    'not a url',
  ])('AS-36 Q7 the foreign resource %s is invalid_target', async (foreign) => {
    expect(redirectError(await client.authorize({ resource: foreign }))).toBe('invalid_target')
    expect(redirectError(await client.authorize({ resource: [resource, foreign] }))).toBe('invalid_target')
  })

  it('AS-36 a foreign resource at the token endpoint is invalid_target', async () => {
    const callback = await client.logIn()
    const answer = await client.redeem(callback.searchParams.get('code'), { resource: 'https://elsewhere.example/mcp' })
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_target' } })
  })

  it('AS-36 nor is it left out when it stands beside ours', async () => {
    const callback = await client.logIn()
    const both = [resource, 'https://elsewhere.example/mcp']
    const answer = await client.redeem(callback.searchParams.get('code'), { resource: both })
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_target' } })
  })
})

describe('codes and tokens', () => {
  it('AS-16 AS-32 AS-41 a token is short-lived, not cached, opaque and long enough', async () => {
    const callback = await client.logIn()
    const { headers, body } = await client.redeem(callback.searchParams.get('code'))
    expect(headers.get('cache-control')).toBe('no-store')
    expect(body).toMatchObject({ token_type: 'Bearer', scope: 'notes:read' })
    expect(body.expires_in).toBeLessThanOrEqual(3600)
    // 22 characters of base64url hold 128 bits.
    for (const value of [body.access_token, body.refresh_token, callback.searchParams.get('code')]) {
      expect(String(value)).toMatch(/^[\w-]{22,}$/)
    }
  })

  it('AS-29 AS-30 a code is good once, and a second valid use revokes what the first one gave', async () => {
    const code = (await client.logIn()).searchParams.get('code')
    const first = await client.redeem(code)
    expect(await client.redeem(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect(await introspect(server, first.body.access_token)).toEqual({ active: false })
    expect(await client.refresh(first.body.refresh_token)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
  })

  it('AS-26 AS-30 a replay with a wrong verifier is refused and revokes nothing', async () => {
    const code = (await client.logIn()).searchParams.get('code')
    const first = await client.redeem(code)
    expect(await client.redeem(code, { code_verifier: 'w'.repeat(43) })).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
    expect(await introspect(server, first.body.access_token)).toMatchObject({ active: true })
  })

  it('AS-29 of two uses at the same moment one gets tokens', async () => {
    const code = (await client.logIn()).searchParams.get('code')
    const answers = await Promise.all([client.redeem(code), client.redeem(code)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
  })

  it.each([
    ['a wrong verifier', { code_verifier: 'w'.repeat(43) }],
    ['no verifier', { code_verifier: undefined }],
    ['another redirect URI', { redirect_uri: 'http://127.0.0.1:41742/callback' }],
  ])('AS-26 AS-29 a code with %s is invalid_grant', async (_, parameters) => {
    const code = (await client.logIn()).searchParams.get('code')
    expect(await client.redeem(code, parameters)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
  })

  it('AS-29 a code of another client is invalid_grant', async () => {
    const other = await RawClient.registered(server)
    const code = (await client.logIn()).searchParams.get('code')
    expect(await client.redeem(code, { client_id: other.clientId })).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    })
  })

  it('AS-28 the scope of a token is what was granted', async () => {
    expect(await client.tokens({ scope: 'notes:write phantom' })).toMatchObject({ scope: 'notes:write' })
  })
})

describe('refresh', () => {
  it('AS-33 rotates, and reuse of the old one revokes the family', async () => {
    const first = await client.tokens()
    const second = (await client.refresh(first.refresh_token)).body
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect(second).toMatchObject({ scope: 'notes:read' })
    expect(await client.refresh(first.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect(await client.refresh(second.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
    expect(await introspect(server, second.access_token)).toEqual({ active: false })
  })

  it('AS-33 reuse in one login leaves the other logins of the same client alone', async () => {
    const cookies = new CookieJar()
    const [first, other] = [await client.tokens({}, { cookies }), await client.tokens({}, { cookies })]
    await client.refresh(first.refresh_token)
    await client.refresh(first.refresh_token)
    expect(await introspect(server, other.access_token)).toMatchObject({ active: true })
  })

  it('Q23 of two refreshes at the same moment one gets tokens, and they live', async () => {
    const { refresh_token: token } = await client.tokens()
    const answers = await Promise.all([client.refresh(token), client.refresh(token)])
    const winner = answers.find(({ status }) => status === 200)
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
    // The later one may come after the first has ended, and is then a reuse.
    expect(winner?.body).toHaveProperty('access_token')
  })

  it('AS-34 cannot widen the scope, change the resource, or be used by another client', async () => {
    const { refresh_token: token } = await client.tokens()
    const other = await RawClient.registered(server)
    expect((await client.refresh(token, { scope: 'notes:read notes:write' })).body.error).toBe('invalid_scope')
    expect((await client.refresh(token, { resource: 'https://elsewhere.example/mcp' })).body.error).toBe(
      'invalid_target',
    )
    expect((await client.refresh(token, { client_id: other.clientId })).body.error).toBe('invalid_grant')
  })

  it('Q23 takes scopes that clients add of their own, and narrows', async () => {
    const tokens = await client.tokens({ scope: 'notes:read notes:write' })
    const narrow = await client.refresh(tokens.refresh_token, { scope: 'notes:read offline_access', resource })
    expect(narrow).toMatchObject({ status: 200, body: { scope: 'notes:read' } })
    const full = await client.refresh(narrow.body.refresh_token, { scope: 'offline_access' })
    expect(full.body.scope).toBe('notes:read notes:write')
  })

  it('is given to clients that registered it and to no others', async () => {
    expect(await client.tokens({ scope: 'notes:read' })).toHaveProperty('refresh_token')
    const without = await RawClient.registered(server, { grant_types: ['authorization_code'] })
    expect(await without.tokens({ scope: 'notes:read offline_access', prompt: 'consent' })).not.toHaveProperty(
      'refresh_token',
    )
  })
})

describe('introspection and revocation', () => {
  it('tells the resource server everything that it decides by', async () => {
    const { access_token: token } = await client.tokens()
    expect(await introspect(server, token)).toMatchObject({
      active: true,
      iss: server.issuer,
      aud: resource,
      sub: 'ada',
      client_id: client.clientId,
      scope: 'notes:read',
      token_type: 'Bearer',
      exp: expect.any(Number),
    })
  })

  it('knows access tokens only: a refresh token, a code or an ID token is active for nobody', async () => {
    const callback = await client.logIn()
    expect(await introspect(server, callback.searchParams.get('code'))).toEqual({ active: false })
    const tokens = await client.tokens({ scope: 'openid notes:read' })
    expect(await introspect(server, tokens.refresh_token)).toEqual({ active: false })
    expect(await introspect(server, tokens.id_token)).toEqual({ active: false })
  })

  it('tells nobody else anything', async () => {
    const { access_token: token } = await client.tokens()
    const asPublic = await postForm(`${server.issuer}/token/introspection`, {
      token: String(token),
      client_id: client.clientId,
    })
    expect(asPublic.body).toEqual({ active: false })
    const confidential = new RawClient(server)
    const { body } = await confidential.register({ token_endpoint_auth_method: 'client_secret_basic' })
    const asOther = await postForm(
      `${server.issuer}/token/introspection`,
      { token: String(token) },
      { authorization: basic(String(body.client_id), String(body.client_secret)) },
    )
    expect(asOther.body).toEqual({ active: false })
  })

  it('AS-42 a wrong secret is 401 invalid_client with a challenge', async () => {
    const answer = await postForm(
      `${server.issuer}/token/introspection`,
      { token: 'x' },
      { authorization: basic('mcp-resource-server', `${introspectionSecret}x`) },
    )
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    expect(answer.headers.get('www-authenticate')).toContain('Basic')
  })

  it('Q24 an unknown client at the token endpoint is 401 invalid_client in JSON', async () => {
    const answer = await client.token(
      { grant_type: 'refresh_token', refresh_token: 'x', client_id: 'nobody' },
      { accept: 'text/html' },
    )
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
  })

  it('Q35 a public client revokes its tokens, and twice is fine', async () => {
    const tokens = await client.tokens()
    expect((await client.revoke(tokens.refresh_token)).status).toBe(200)
    expect((await client.revoke(tokens.refresh_token)).status).toBe(200)
    expect(await introspect(server, tokens.access_token)).toEqual({ active: false })
    expect((await client.refresh(tokens.refresh_token)).body.error).toBe('invalid_grant')
  })

  it('a client cannot revoke what another client holds', async () => {
    const tokens = await client.tokens()
    const other = await RawClient.registered(server)
    expect((await other.revoke(tokens.access_token)).status).toBe(200)
    expect(await introspect(server, tokens.access_token)).toMatchObject({ active: true })
  })
})

describe('client authentication', () => {
  it.each(['client_secret_basic', 'client_secret_post'])(
    'Q17 a client of %s may send its secret either way',
    async (method) => {
      const confidential = new RawClient(server)
      const { body } = await confidential.register({ token_endpoint_auth_method: method })
      const [id, secret] = [String(body.client_id), String(body.client_secret)]
      confidential.clientId = id
      expect(body).toMatchObject({ client_secret_expires_at: 0 })
      expect(id + secret).toMatch(/^[\w-]+$/)
      const ways = [
        [{ client_id: undefined }, { authorization: basic(id, secret) }],
        [{ client_id: id }, { authorization: basic(id, secret) }],
        [{ client_id: id, client_secret: secret }, {}],
      ] as const
      for (const [parameters, headers] of ways) {
        const code = (await confidential.logIn()).searchParams.get('code')
        expect((await confidential.redeem(code, parameters, { ...headers })).status).toBe(200)
      }
      const code = (await confidential.logIn()).searchParams.get('code')
      expect((await confidential.redeem(code)).status).toBe(401)
      expect((await confidential.redeem(code, { client_secret: `${secret}x` })).status).toBe(401)
    },
  )
})

describe('what is no endpoint', () => {
  it.each([
    ['GET', '/token', 404],
    ['POST', '/auth', 404],
    ['GET', '/me', 404],
    ['GET', '/session/end', 404],
    ['POST', '/request', 404],
    ['GET', '/reg/some-client', 404],
    ['DELETE', '/reg/some-client', 404],
  ])('%s %s is not found', async (method, path, status) => {
    const response = await fetch(server.issuer + path, { method })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: 'not_found' })
  })

  it.each(['/%', '/%zz?code=some-code', `/interaction/${'x'.repeat(500)}?code=some-code`])(
    '%s gets a page that repeats nothing of it',
    async (path) => {
      const response = await fetch(server.issuer + path, { headers: { accept: 'text/html' } })
      expect([400, 404, 414]).toContain(response.status)
      expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(await response.text()).not.toMatch(/some-code|%zz|FST_/)
    },
  )

  it('a body that is too large is 413 and one of the wrong type is 400', async () => {
    const large = await postForm(`${server.issuer}/token`, { grant_type: 'x'.repeat(60_000) })
    expect(large).toMatchObject({ status: 413, body: { error: 'invalid_request' } })
    const json = await fetch(`${server.issuer}/token`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    })
    expect(json.status).toBe(400)
    expect(await json.json()).toMatchObject({ error: 'invalid_request' })
  })
})
