import { registerClient } from '@modelcontextprotocol/client'
import { registerClient as registerClientV1 } from '@modelcontextprotocol/sdk/client/auth.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Json, post, RawClient } from './support/client.js'
import { startServer, type TestServer } from './support/server.js'

let server: TestServer
let client: RawClient

beforeAll(async () => {
  server = await startServer()
  client = new RawClient(server)
})
afterAll(() => server.close())

/** Bodies that real clients sent, from recordings and their sources. */
const recorded: readonly (readonly [string, Json])[] = [
  [
    'Claude Code',
    {
      client_name: 'Claude Code (as1)',
      redirect_uris: ['http://localhost:50411/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      application_type: 'native',
      scope: 'mcp:read offline_access',
    },
  ],
  [
    'Codex',
    {
      client_name: 'Codex',
      redirect_uris: ['http://127.0.0.1:37865/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
      response_types: ['code'],
      scope: 'mcp:read offline_access',
      application_type: 'native',
    },
  ],
  [
    'VS Code',
    {
      client_name: 'Visual Studio Code',
      client_uri: 'https://code.visualstudio.com',
      grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
      response_types: ['code'],
      redirect_uris: [
        'https://insiders.vscode.dev/redirect',
        'https://vscode.dev/redirect',
        'http://127.0.0.1/',
        'http://127.0.0.1:33418/',
      ],
      token_endpoint_auth_method: 'none',
      application_type: 'native',
    },
  ],
  [
    'Cursor',
    {
      client_name: 'Cursor',
      redirect_uris: [
        'cursor://anysphere.cursor-mcp/oauth/callback',
        'https://www.cursor.com/agents/mcp/oauth/callback',
      ],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
  ],
  [
    'the Python SDK',
    { client_name: 'py', redirect_uris: ['http://localhost:3030/callback'], application_type: 'native' },
  ],
]

describe('registration', () => {
  it.each(recorded)('DR-02 Q15 %s registers, and everything it sent that matters comes back', async (_, body) => {
    const answer = await post(`${server.issuer}/reg`, body)
    expect(answer.status).toBe(201)
    expect(answer.body).toMatchObject({
      client_id: expect.any(String),
      client_id_issued_at: expect.any(Number),
      client_name: body.client_name,
      redirect_uris: body.redirect_uris,
      response_types: ['code'],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
      application_type: 'native',
    })
    expect(answer.body).not.toHaveProperty('client_secret')
    expect(answer.body).not.toHaveProperty('client_secret_expires_at')
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it('DR-02 AS-32 a client with a secret gets it once, with its expiry', async () => {
    const { body, headers } = await client.register({
      redirect_uris: ['https://client.example/cb'],
      token_endpoint_auth_method: undefined,
    })
    expect(body).toMatchObject({
      token_endpoint_auth_method: 'client_secret_basic',
      client_secret: expect.stringMatching(/^[\w-]{22,}$/),
      client_secret_expires_at: 0,
      application_type: 'web',
    })
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it.each([
    [['http://evil.example/cb']],
    [['http://127.0.0.1.evil.example/cb']],
    [['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd']],
    [['unknown-scheme://host/cb']],
    [['https://client.example/cb#fragment']],
    [['https://user:pass@client.example/cb']],
    [['//client.example/cb', 'cb', '']],
    [['https:client.example/cb', 'https:///client.example/cb', 'http:localhost/cb', 'cursor:callback', 'cursor://']],
    [['https://good.example\\@client.example/cb', 'https://client.example\\cb', 'http://localhost\\evil.example/cb']],
    [['https://client.example/c\tb', 'https://client.example/cb\r\nSet-Cookie: a=b', ' https://client.example/cb']],
    [
      [
        'https://client.example/<script>',
        'https://client.example/"',
        'https://clïent.example/cb',
        'http://localhost/\0',
      ],
    ],
    [
      [
        'http://2130706433/cb',
        'http://0177.0.0.1/cb',
        'http://127.1/cb',
        'http://localhost./cb',
        'http://localhost:0x1/cb',
      ],
    ],
    [['http://[0:0:0:0:0:0:0:1]/cb', 'http://[::ffff:127.0.0.1]/cb', 'http://localhost%2eevil.example/cb']],
    [[]],
    ['https://client.example/cb'],
    [[1, null, {}]],
  ])('DR-03 AS-20 redirect_uris %j is invalid_redirect_uri', async (uris) => {
    const { status, body } = await client.register({ redirect_uris: uris })
    expect(status).toBe(400)
    expect(body).toMatchObject({ error: 'invalid_redirect_uri', error_description: expect.any(String) })
  })

  it('Q18 of several redirect URIs those that cannot be used are left out', async () => {
    const { status, body } = await client.register({
      redirect_uris: ['http://evil.example/cb', 'http://localhost:1/cb', 'evil://x', 'https://localhost/cb'],
    })
    expect(status).toBe(201)
    expect(body.redirect_uris).toEqual(['http://localhost:1/cb'])
  })

  it.each([['{'], ['[]'], ['null'], ['"text"'], ['']])('DR-03 the body %s is invalid_client_metadata', async (text) => {
    const { status, body } = await post(`${server.issuer}/reg`, text)
    expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_client_metadata' })
  })

  it('DR-03 another content type and a large body are refused', async () => {
    const form = await post(`${server.issuer}/reg`, 'a=b', { 'content-type': 'application/x-www-form-urlencoded' })
    expect(form).toMatchObject({ status: 400, body: { error: 'invalid_client_metadata' } })
    expect((await client.register({ client_name: 'x'.repeat(60_000) })).status).toBe(413)
  })

  it.each([
    ['native', ['https://client.example/cb'], 'native'],
    ['web', ['http://localhost:1/cb'], 'native'],
    [undefined, ['http://localhost:1/cb'], 'native'],
    [undefined, ['https://client.example/cb'], 'web'],
    ['nonsense', ['https://client.example/cb'], 'web'],
  ])('DR-04 application_type %s with %j becomes %s', async (type, uris, registered) => {
    const { status, body } = await client.register({ application_type: type, redirect_uris: uris })
    expect(status).toBe(201)
    expect(body.application_type).toBe(registered)
  })

  it('DR-05 unknown members, and those that only a server may set, are ignored', async () => {
    const { status, body } = await client.register({
      x_foo: { bar: 1 },
      client_id: 'mcp-resource-server',
      client_secret: 'chosen',
      mcp_unverified: true,
      subject_type: 'pairwise',
      sector_identifier_uri: 'https://127.0.0.1/x',
      require_auth_time: true,
      software_id: 'x',
    })
    expect(status).toBe(201)
    expect(body.client_id).not.toBe('mcp-resource-server')
    for (const member of ['x_foo', 'client_secret', 'mcp_unverified', 'sector_identifier_uri']) {
      expect(body).not.toHaveProperty(member)
    }
  })

  it('P5 contacts that are no addresses are left out', async () => {
    const { status, body } = await client.register({ contacts: ['<script>@x', 'ada@notes.example', 'ada'] })
    expect(status).toBe(201)
    expect(body.contacts).toEqual(['ada@notes.example'])
  })

  it('CI-19 ids that are made here are no addresses', async () => {
    expect((await client.register()).body.client_id).toMatch(/^[\w-]+$/)
  })

  it.each(['none', 'client_secret_basic', 'client_secret_post', undefined, 'tls_client_auth', 'client_secret_jwt'])(
    'Q16 the method %s is accepted, and the answer says which one counts',
    async (method) => {
      const { status, body } = await client.register({ token_endpoint_auth_method: method })
      expect(status).toBe(201)
      const counts = String(method).startsWith('client_secret_') && method !== 'client_secret_jwt' ? method : 'none'
      expect(body.token_endpoint_auth_method).toBe(counts)
      expect('client_secret' in body).toBe(counts !== 'none')
    },
  )
})

describe('the official clients read the answer', () => {
  const bodies: readonly Json[] = [
    ...recorded.map(([, body]) => body),
    { client_name: 'empty', redirect_uris: ['http://localhost:1/cb'], client_uri: '', contacts: null, scope: '' },
    { redirect_uris: ['https://client.example/cb'] },
  ]

  it.each(bodies)('P5 Q15 %j', async (clientMetadata) => {
    const metadata = await (await fetch(`${server.issuer}/.well-known/oauth-authorization-server`)).json()
    // The bodies are what other clients send: more than the types of the official ones allow.
    const options = { metadata, clientMetadata } as never
    expect(await registerClient(server.issuer, options)).toHaveProperty('client_id')
    expect(await registerClientV1(server.issuer, options)).toHaveProperty('client_id')
  })
})
