import { CookieJar } from '@mcp-secure/testing'
import { type Attack, attacks, type Expected } from '../attack.js'
import { type Answer, valuesOf } from '../http/answer.js'
import { exchange } from '../http/exchange.js'
import type { World } from '../world/world.js'
import { Client, get, HOSTED, introspect, type Parameters, postForm, register, send } from './person.js'

type Send = (world: World) => Promise<Answer>

/** A page of ours that says what is wrong, and sends nobody anywhere. */
const PAGE: Expected = { status: 400, also: (answer) => staysHere(answer) }
const oauth = (error: string, status = 400): Expected => ({ status, error })

function staysHere(answer: Answer): string | undefined {
  const [location] = valuesOf(answer, 'location')
  return location === undefined ? undefined : `the browser was sent to ${location}`
}

/** Where a code would be sent, by a client that registered https://app.example/cb. */
const redirects: readonly Attack[] = attacks<[string | readonly string[] | undefined]>(
  'redirect',
  [
    ['foreign', 'https://evil.example/cb'],
    ['slash', `${HOSTED}/`],
    ['longer', `${HOSTED}/x`],
    ['upper-path', 'https://app.example/CB'],
    ['query', `${HOSTED}?x=1`],
    ['fragment', `${HOSTED}#x`],
    ['http', 'http://app.example/cb'],
    ['port', 'https://app.example:8443/cb'],
    ['default-port', 'https://app.example:443/cb'],
    ['subdomain', 'https://x.app.example/cb'],
    ['suffix', 'https://app.example.evil.example/cb'],
    ['user', 'https://app.example@evil.example/cb'],
    ['user-ours', 'https://x@app.example/cb'],
    ['trailing-dot', 'https://app.example./cb'],
    ['up', 'https://app.example/x/../cb'],
    ['encoded', 'https://app.example/%63b'],
    ['backslash', 'https://app.example\\@evil.example/cb'],
    ['double-slash', 'https://app.example//cb'],
    ['tab', 'https://app.example/\tcb'],
    ['newline', 'https://app.example/cb\nLocation: https://evil.example'],
    ['space', ` ${HOSTED}`],
    ['null-byte', `${HOSTED}\u0000`],
    ['homograph', 'https://аpp.example/cb'],
    ['no-scheme', '//app.example/cb'],
    ['relative', '/cb'],
    ['javascript', 'javascript:alert(document.domain)'],
    ['data', 'data:text/html,<script>alert(1)</script>'],
    ['private-scheme', 'evilapp:/cb'],
    ['loopback', 'http://127.0.0.1/cb'],
    ['out-of-band', 'urn:ietf:wg:oauth:2.0:oob'],
    ['two', [HOSTED, 'https://evil.example/cb']],
    ['two-other-order', ['https://evil.example/cb', HOSTED]],
    ['wildcard', 'https://*.example/cb'],
  ],
  (uri) => ({
    send: async (world) => (await shared(world)).authorize({ redirect_uri: uri }),
    expected: PAGE,
  }),
)

/** The same for a program on this computer, of which the port may differ and nothing else. */
const loopbacks: readonly Attack[] = attacks<[string]>(
  'redirect-loopback',
  [
    ['other-path', 'http://127.0.0.1:5000/other'],
    ['upper-path', 'http://127.0.0.1:5000/CALLBACK'],
    ['longer', 'http://127.0.0.1:5000/callback/x'],
    ['suffix', 'http://127.0.0.1.evil.example/callback'],
    ['suffix-of-name', 'http://localhost.evil.example/callback'],
    ['user', 'http://127.0.0.1@evil.example/callback'],
    ['user-and-port', 'http://127.0.0.1:5000@evil.example/callback'],
    ['any-address', 'http://0.0.0.0:5000/callback'],
    ['private-network', 'http://192.168.0.1:5000/callback'],
    ['other-spelling', 'http://127.1:5000/callback'],
    ['number', 'http://2130706433:5000/callback'],
    ['mapped', 'http://[::ffff:127.0.0.1]:5000/callback'],
    ['https', 'https://127.0.0.1:5000/callback'],
    ['fragment', 'http://127.0.0.1:5000/callback#x'],
  ],
  (uri) => ({
    send: async (world) => {
      const client = await Client.register(world, { redirect_uris: ['http://127.0.0.1:4000/callback'] })
      return client.authorize({ redirect_uri: uri })
    },
    expected: PAGE,
  }),
)

/** What may not be registered at all. */
const registrations: readonly Attack[] = attacks<[Readonly<Record<string, unknown>>, string]>(
  'registration',
  [
    ['http', { redirect_uris: ['http://evil.example/cb'] }, 'invalid_redirect_uri'],
    ['javascript', { redirect_uris: ['javascript:alert(1)'] }, 'invalid_redirect_uri'],
    ['data', { redirect_uris: ['data:text/html,x'] }, 'invalid_redirect_uri'],
    ['file', { redirect_uris: ['file:///etc/passwd'] }, 'invalid_redirect_uri'],
    ['private-scheme', { redirect_uris: ['evilapp:/cb'] }, 'invalid_redirect_uri'],
    ['fragment', { redirect_uris: ['https://evil.example/cb#x'] }, 'invalid_redirect_uri'],
    ['user', { redirect_uris: ['https://app.example@evil.example/cb'] }, 'invalid_redirect_uri'],
    ['none', { redirect_uris: [] }, 'invalid_redirect_uri'],
    ['text', { redirect_uris: 'https://evil.example/cb' }, 'invalid_redirect_uri'],
    ['object', { redirect_uris: [{ toString: HOSTED }] }, 'invalid_redirect_uri'],
    ['relative', { redirect_uris: ['/cb'] }, 'invalid_redirect_uri'],
  ],
  (metadata, error) => ({ send: (world) => register(world, metadata), expected: oauth(error) }),
)

/** Addresses in a registration or a request that somebody would have to fetch. */
const fetched: readonly Attack[] = [
  ...attacks<[(trap: string) => Readonly<Record<string, unknown>>, Expected]>(
    'fetched',
    [
      ['sector', (trap) => ({ sector_identifier_uri: `${trap}/sector`, subject_type: 'pairwise' }), { status: 201 }],
      ['keys', (trap) => ({ jwks_uri: `${trap}/jwks` }), { status: 201 }],
      ['logo', (trap) => ({ logo_uri: `${trap}/logo.svg` }), { status: 201 }],
      [
        'policy',
        (trap) => ({ policy_uri: `${trap}/policy`, tos_uri: `${trap}/tos`, client_uri: `${trap}/` }),
        { status: 201 },
      ],
      ['request-objects', (trap) => ({ request_uris: [`${trap}/request`] }), { status: 201 }],
      ['logout', (trap) => ({ backchannel_logout_uri: `${trap}/logout` }), { status: 201 }],
    ],
    (metadata, expected) => ({
      send: (world) => register(world, metadata(`https://127.0.0.1:${world.trap.port}`)),
      expected,
    }),
  ),
  {
    name: 'fetched/request-uri',
    send: async (world) =>
      (await shared(world)).authorize({ request_uri: `https://127.0.0.1:${world.trap.port}/request` }),
    expected: PAGE,
  },
]

/** Client id metadata documents at addresses that no stranger may make this server ask. */
const documents: readonly Attack[] = attacks<[(port: number) => string]>(
  'document',
  [
    ['loopback', (port) => `https://127.0.0.1:${port}/client`],
    ['loopback-name', (port) => `https://localhost:${port}/client`],
    ['loopback-name-below', (port) => `https://x.localhost:${port}/client`],
    ['loopback-other', (port) => `https://127.9.9.9:${port}/client`],
    ['loopback-v6', (port) => `https://[::1]:${port}/client`],
    ['loopback-mapped', (port) => `https://[::ffff:127.0.0.1]:${port}/client`],
    ['loopback-mapped-hexadecimal', (port) => `https://[::ffff:7f00:1]:${port}/client`],
    ['loopback-nat64', (port) => `https://[64:ff9b::7f00:1]:${port}/client`],
    ['loopback-6to4', (port) => `https://[2002:7f00:1::]:${port}/client`],
    ['loopback-hexadecimal', (port) => `https://0x7f000001:${port}/client`],
    ['loopback-number', (port) => `https://2130706433:${port}/client`],
    ['loopback-octal', (port) => `https://0177.0.0.1:${port}/client`],
    ['loopback-short', (port) => `https://127.1:${port}/client`],
    ['loopback-full-width', (port) => `https://１２７.0.0.1:${port}/client`],
    ['any', (port) => `https://0.0.0.0:${port}/client`],
    ['any-v6', (port) => `https://[::]:${port}/client`],
    ['private-10', () => 'https://10.0.0.1/client'],
    ['private-172', () => 'https://172.16.0.1/client'],
    ['private-192', () => 'https://192.168.1.1/client'],
    ['private-v6', () => 'https://[fd00::1]/client'],
    ['link-local', () => 'https://169.254.1.1/client'],
    ['link-local-v6', () => 'https://[fe80::1]/client'],
    ['metadata-service', () => 'https://169.254.169.254/latest/meta-data/'],
    ['metadata-service-v6', () => 'https://[fd00:ec2::254]/latest/meta-data/'],
    ['carrier', () => 'https://100.64.0.1/client'],
    ['multicast', () => 'https://224.0.0.1/client'],
    ['broadcast', () => 'https://255.255.255.255/client'],
    ['documentation', () => 'https://192.0.2.1/client'],
    ['benchmark', () => 'https://198.18.0.1/client'],
    ['http', (port) => `http://127.0.0.1:${port}/client`],
    ['user', (port) => `https://app.example@127.0.0.1:${port}/client`],
    ['fragment', (port) => `https://127.0.0.1:${port}/client#x`],
    ['up', (port) => `https://127.0.0.1:${port}/x/../client`],
    ['file', () => 'file:///etc/passwd'],
    ['data', () => 'data:application/json,{}'],
  ],
  (address) => ({
    send: (world) => Client.at(world, address(world.trap.port), 'http://127.0.0.1:4000/callback').authorize(),
    expected: PAGE,
  }),
)

/** Requests of a client that sends codes elsewhere or protects them badly. */
const requests: readonly Attack[] = attacks<[Parameters, Expected]>(
  'authorize',
  [
    ['client-unknown', { client_id: 'nobody' }, PAGE],
    ['client-missing', { client_id: undefined }, PAGE],
    ['client-proto', { client_id: '__proto__' }, PAGE],
    ['client-sql', { client_id: "x' OR '1'='1" }, PAGE],
    ['client-twice', { client_id: ['nobody', 'somebody'] }, PAGE],
    ['challenge-missing', { code_challenge: undefined, code_challenge_method: undefined }, PAGE],
    ['challenge-plain', { code_challenge_method: 'plain' }, PAGE],
    ['challenge-method-missing', { code_challenge_method: undefined }, PAGE],
    ['challenge-method-lower', { code_challenge_method: 's256' }, PAGE],
    ['challenge-empty', { code_challenge: '' }, PAGE],
    ['challenge-short', { code_challenge: 'x' }, PAGE],
    ['challenge-long', { code_challenge: 'x'.repeat(200) }, PAGE],
    ['challenge-twice', { code_challenge: ['a'.repeat(43), 'b'.repeat(43)] }, PAGE],
    ['implicit', { response_type: 'token' }, PAGE],
    ['id-token', { response_type: 'id_token' }, PAGE],
    ['hybrid', { response_type: 'code token' }, PAGE],
    ['no-response', { response_type: 'none' }, PAGE],
    ['form-post', { response_mode: 'form_post' }, PAGE],
    ['web-message', { response_mode: 'web_message' }, PAGE],
    ['request-object', { request: 'eyJhbGciOiJub25lIn0.eyJyZWRpcmVjdF91cmkiOiJodHRwczovL2V2aWwuZXhhbXBsZSJ9.' }, PAGE],
    ['resource-foreign', { resource: 'https://evil.example/mcp' }, PAGE],
    ['resource-longer', { resource: 'http://localhost:3000/mcp/admin' }, PAGE],
    ['resource-two', { resource: ['http://localhost:3000/mcp', 'https://evil.example/mcp'] }, PAGE],
    ['state-twice', { state: ['a', 'b'] }, PAGE],
    ['without-login', { prompt: 'none' }, PAGE],
  ],
  (changed, expected) => ({ send: async (world) => (await shared(world)).authorize(changed), expected }),
)

const INVALID_GRANT = oauth('invalid_grant')

/** Somebody who has a code or a token that is not theirs. */
const grants: readonly Attack[] = attacks<[Send, Expected]>(
  'grant',
  [
    ['verifier-wrong', async (world) => redeemed(world, { code_verifier: 'x'.repeat(43) }), INVALID_GRANT],
    ['verifier-missing', async (world) => redeemed(world, { code_verifier: undefined }), INVALID_GRANT],
    ['verifier-empty', async (world) => redeemed(world, { code_verifier: '' }), INVALID_GRANT],
    [
      'verifier-is-challenge',
      async (world) =>
        redeemed(world, {}, (client) => client.authorizationUrl().searchParams.get('code_challenge') ?? ''),
      INVALID_GRANT,
    ],
    ['redirect-other', async (world) => redeemed(world, { redirect_uri: 'https://evil.example/cb' }), INVALID_GRANT],
    ['redirect-longer', async (world) => redeemed(world, { redirect_uri: `${HOSTED}/x` }), INVALID_GRANT],
    [
      'resource-other',
      async (world) => redeemed(world, { resource: 'https://evil.example/mcp' }),
      oauth('invalid_target'),
    ],
    [
      'resource-more',
      async (world) => redeemed(world, { resource: ['http://localhost:3000/mcp', 'https://evil.example/mcp'] }),
      oauth('invalid_target'),
    ],
    ['code-guessed', async (world) => (await shared(world)).redeem('guessed'), INVALID_GRANT],
    ['code-empty', async (world) => (await shared(world)).redeem(''), oauth('invalid_request')],
    ['code-sql', async (world) => (await shared(world)).redeem("' OR 1=1 --"), INVALID_GRANT],
    [
      'code-twice-in-one',
      async (world) => (await shared(world)).redeem('', { code: ['a', 'b'] }),
      oauth('invalid_request'),
    ],
    [
      'code-of-another-client',
      async (world) => {
        const [victim, attacker] = [await shared(world), await Client.register(world)]
        return attacker.redeem(await victim.code(), { code_verifier: victim.verifier })
      },
      INVALID_GRANT,
    ],
    [
      'code-replayed',
      async (world) => {
        const client = await shared(world)
        const code = await client.code()
        const { access_token: access } = JSON.parse((await client.redeem(code)).text)
        const replay = await client.redeem(code)
        if (await introspect(world, access)) throw new Error('what the first use gave is still good')
        return replay
      },
      INVALID_GRANT,
    ],
    [
      'refresh-reused',
      async (world) => {
        const client = await shared(world)
        const first = await client.tokens()
        const second = JSON.parse((await client.refresh(first.refresh)).text)
        const reuse = await client.refresh(first.refresh)
        if (await introspect(world, second.access_token)) throw new Error('the family of tokens is still good')
        return reuse
      },
      INVALID_GRANT,
    ],
    [
      'refresh-reused-then-latest',
      async (world) => {
        const client = await shared(world)
        const first = await client.tokens()
        const second = JSON.parse((await client.refresh(first.refresh)).text)
        await client.refresh(first.refresh)
        return client.refresh(second.refresh_token)
      },
      INVALID_GRANT,
    ],
    [
      'refresh-of-another-client',
      async (world) => {
        const { refresh } = await (await shared(world)).tokens()
        return (await Client.register(world)).refresh(refresh)
      },
      INVALID_GRANT,
    ],
    [
      'refresh-wider',
      async (world) => {
        const client = await shared(world)
        return client.refresh((await client.tokens()).refresh, { scope: 'notes:read notes:write' })
      },
      oauth('invalid_scope'),
    ],
    [
      'refresh-other-resource',
      async (world) => {
        const client = await shared(world)
        return client.refresh((await client.tokens()).refresh, { resource: 'https://evil.example/mcp' })
      },
      oauth('invalid_target'),
    ],
    ['refresh-guessed', async (world) => (await shared(world)).refresh('guessed'), INVALID_GRANT],
    [
      'refresh-is-access',
      async (world) => {
        const client = await shared(world)
        return client.refresh((await client.tokens()).access)
      },
      INVALID_GRANT,
    ],
    [
      'password',
      async (world) => (await shared(world)).token({ grant_type: 'password', username: 'ada', password: 'x' }),
      oauth('unsupported_grant_type'),
    ],
    [
      'client-credentials',
      async (world) => (await shared(world)).token({ grant_type: 'client_credentials' }),
      oauth('unsupported_grant_type'),
    ],
    [
      'device',
      async (world) => (await shared(world)).token({ grant_type: 'urn:ietf:params:oauth:grant-type:device_code' }),
      oauth('unsupported_grant_type'),
    ],
    [
      'exchange',
      async (world) =>
        (await shared(world)).token({
          grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
          subject_token: 'x',
        }),
      oauth('unsupported_grant_type'),
    ],
    [
      'assertion',
      async (world) =>
        (await shared(world)).token({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: 'x' }),
      oauth('unsupported_grant_type'),
    ],
    [
      'proto',
      async (world) => (await shared(world)).token({ grant_type: '__proto__' }),
      oauth('unsupported_grant_type'),
    ],
    [
      'client-unknown',
      async (world) =>
        (await shared(world)).token({ client_id: 'nobody', grant_type: 'refresh_token', refresh_token: 'x' }),
      oauth('invalid_client', 401),
    ],
    [
      'client-missing',
      async (world) =>
        (await shared(world)).token({ client_id: undefined, grant_type: 'refresh_token', refresh_token: 'x' }),
      oauth('invalid_request'),
    ],
    [
      'client-twice',
      async (world) =>
        (await shared(world)).token({ client_id: ['a', 'b'], grant_type: 'refresh_token', refresh_token: 'x' }),
      oauth('invalid_request'),
    ],
    [
      'resource-server-as-client',
      async (world) =>
        postForm(
          `${world.authorization.issuer}/token`,
          { grant_type: 'client_credentials' },
          { authorization: basic('mcp-resource-server', world.issuer.secret) },
        ),
      oauth('unsupported_grant_type'),
    ],
    [
      'json',
      (world) =>
        send(`${world.authorization.issuer}/token`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"grant_type":"refresh_token"}',
        }),
      oauth('invalid_request'),
    ],
    [
      'query',
      (world) =>
        send(`${world.authorization.issuer}/token?grant_type=refresh_token&refresh_token=x`, { method: 'POST' }),
      oauth('invalid_request'),
    ],
    [
      'large',
      async (world) => (await shared(world)).token({ grant_type: 'refresh_token', refresh_token: 'x'.repeat(100_000) }),
      oauth('invalid_request', 413),
    ],
  ],
  (send, expected) => ({ send, expected }),
)

/** Endpoints for the resource server and for programs, used by somebody else. */
const endpoints: readonly Attack[] = attacks<[Send, Expected]>(
  'endpoint',
  [
    [
      'introspection-by-nobody',
      (world) => postForm(`${world.authorization.issuer}/token/introspection`, { token: 'x' }),
      oauth('invalid_request'),
    ],
    [
      'introspection-wrong-secret',
      (world) =>
        postForm(
          `${world.authorization.issuer}/token/introspection`,
          { token: 'x' },
          { authorization: basic('mcp-resource-server', 'wrong') },
        ),
      { ...oauth('invalid_client', 401), challenge: /^Basic realm="http:\/\/localhost:\d+", error="invalid_client"/ },
    ],
    [
      'introspection-no-secret',
      (world) =>
        postForm(`${world.authorization.issuer}/token/introspection`, { token: 'x', client_id: 'mcp-resource-server' }),
      oauth('invalid_client', 401),
    ],
    [
      'introspection-by-client',
      async (world) =>
        postForm(`${world.authorization.issuer}/token/introspection`, {
          token: 'x',
          client_id: (await shared(world)).id,
        }),
      { status: 200, also: ({ text }) => (text === '{"active":false}' ? undefined : text) },
    ],
    [
      'introspection-by-another-client',
      async (world) => {
        const { access } = await (await shared(world)).tokens()
        return postForm(`${world.authorization.issuer}/token/introspection`, {
          token: access,
          client_id: (await Client.register(world)).id,
        })
      },
      { status: 200, also: ({ text }) => (text === '{"active":false}' ? undefined : text) },
    ],
    [
      'revocation-by-another-client',
      async (world) => {
        const { access } = await (await shared(world)).tokens()
        const answer = await postForm(`${world.authorization.issuer}/token/revocation`, {
          token: access,
          client_id: (await Client.register(world)).id,
        })
        if (!(await introspect(world, access))) throw new Error('somebody else revoked it')
        return answer
      },
      // RFC 7009 section 2.2: as if it had been.
      { status: 200 },
    ],
    [
      'registration-read',
      async (world) => get(`${world.authorization.issuer}/reg/${(await shared(world)).id}`),
      { status: 404 },
    ],
    [
      'registration-changed',
      async (world) =>
        send(`${world.authorization.issuer}/reg/${(await shared(world)).id}`, { method: 'PUT', body: '{}' }),
      { status: 404 },
    ],
    [
      'registration-deleted',
      async (world) => send(`${world.authorization.issuer}/reg/${(await shared(world)).id}`, { method: 'DELETE' }),
      { status: 404 },
    ],
    [
      'registration-no-json',
      (world) =>
        send(`${world.authorization.issuer}/reg`, {
          method: 'POST',
          headers: { 'content-type': 'text/plain' },
          body: '{}',
        }),
      oauth('invalid_client_metadata'),
    ],
    [
      'registration-list',
      (world) =>
        send(`${world.authorization.issuer}/reg`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '[]',
        }),
      oauth('invalid_client_metadata'),
    ],
    [
      'registration-deep',
      (world) =>
        send(`${world.authorization.issuer}/reg`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '['.repeat(50_000),
        }),
      oauth('invalid_client_metadata'),
    ],
    [
      'registration-large',
      (world) => register(world, { client_name: 'x'.repeat(100_000) }),
      oauth('invalid_request', 413),
    ],
    [
      'device-authorization',
      (world) => postForm(`${world.authorization.issuer}/device/auth`, { client_id: 'x' }),
      { status: 404 },
    ],
    [
      'pushed-request',
      (world) => postForm(`${world.authorization.issuer}/request`, { client_id: 'x' }),
      { status: 404 },
    ],
    ['userinfo', (world) => get(`${world.authorization.issuer}/me`, { authorization: 'Bearer x' }), { status: 404 }],
    [
      'logout-redirect',
      (world) => get(`${world.authorization.issuer}/session/end?post_logout_redirect_uri=https://evil.example/`),
      { status: 404, also: (answer) => staysHere(answer) },
    ],
    [
      'path-traversal',
      async ({ authorization }) =>
        first(
          await exchange(
            authorization.port,
            request('GET /../../.mcp-secure/introspection-secret', authorization.issuer),
          ),
        ),
      { status: 404 },
    ],
    [
      'host-foreign',
      async ({ authorization }) =>
        first(
          await exchange(
            authorization.port,
            request('GET /.well-known/oauth-authorization-server', 'http://evil.example'),
          ),
        ),
      { status: 421, also: (answer) => notRepeated(answer) },
    ],
    [
      'host-forwarded',
      async ({ authorization }) =>
        first(
          await exchange(
            authorization.port,
            request(
              'GET /.well-known/oauth-authorization-server',
              authorization.issuer,
              'X-Forwarded-Host: evil.example',
            ),
          ),
        ),
      { status: 200, also: (answer) => notRepeated(answer) },
    ],
    [
      'keys-private',
      ({ authorization }) => get(`${authorization.issuer}/jwks`),
      {
        status: 200,
        also: ({ text }) => (/"(?:d|p|q|dp|dq|qi|k)":/.test(text) ? 'private keys are published' : undefined),
      },
    ],
  ],
  (send, expected) => ({ send, expected }),
)

/** Pages that a person sees, used against that person. */
const pages: readonly Attack[] = attacks<[Send, Expected]>(
  'page',
  [
    [
      'script-in-client-name',
      (world) => loginPage(world, { client_name: '<script>alert(1)</script>' }),
      { status: 200, also: (answer) => noScript(answer) },
    ],
    [
      'attribute-in-client-name',
      (world) => loginPage(world, { client_name: '" onmouseover="alert(1)' }),
      { status: 200, also: (answer) => noScript(answer) },
    ],
    [
      'link-in-client-uri',
      (world) => loginPage(world, { client_uri: 'javascript:alert(1)' }),
      { status: 200, also: (answer) => noScript(answer) },
    ],
    [
      'script-in-state',
      async (world) =>
        (await shared(world)).authorize({ state: '<script>alert(1)</script>', redirect_uri: 'https://evil.example' }),
      { status: 400, also: (answer) => noScript(answer) },
    ],
    [
      'script-in-error',
      async (world) => (await shared(world)).authorize({ client_id: '<script>alert(1)</script>' }),
      { status: 400, also: (answer) => noScript(answer) },
    ],
    [
      'script-in-hint',
      async (world) =>
        opened(await (await shared(world)).authorize({ login_hint: '"><script>alert(1)</script>' }), world),
      { status: 200, also: (answer) => noScript(answer) },
    ],
    [
      'script-in-path',
      ({ authorization }) => get(`${authorization.issuer}/interaction/<script>alert(1)</script>`),
      { status: 404, also: (answer) => noScript(answer) },
    ],
    [
      'framing',
      (world) => loginPage(world, {}),
      {
        status: 200,
        also: (answer) =>
          /frame-ancestors 'none'/.test(valuesOf(answer, 'content-security-policy').join())
            ? undefined
            : 'the page may be framed',
      },
    ],
    ['decision-from-elsewhere', (world) => decided(world, { origin: 'https://evil.example' }), { status: 403 }],
    ['decision-from-null', (world) => decided(world, { origin: 'null' }), { status: 403 }],
    ['decision-cross-site', (world) => decided(world, { 'sec-fetch-site': 'cross-site' }), { status: 403 }],
    ['decision-without-cookie', (world) => decided(world, {}, false), PAGE],
    [
      'login-of-nobody',
      ({ authorization }) => postForm(`${authorization.issuer}/interaction/guessed`, { user: 'admin' }),
      PAGE,
    ],
  ],
  (send, expected) => ({ send, expected }),
)

/** A client of this world, registered once. */
const clients = new WeakMap<World, Promise<Client>>()

function shared(world: World): Promise<Client> {
  const client = clients.get(world) ?? Client.register(world)
  clients.set(world, client)
  return client
}

async function redeemed(world: World, changed: Parameters, verifier?: (client: Client) => string): Promise<Answer> {
  const client = await shared(world)
  return client.redeem(await client.code(), { ...(verifier && { code_verifier: verifier(client) }), ...changed })
}

function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
}

function request(start: string, issuer: string, ...lines: readonly string[]): string {
  return [`${start} HTTP/1.1`, `Host: ${new URL(issuer).host}`, ...lines, 'Connection: close', '', ''].join('\r\n')
}

function first([answer]: readonly Answer[]): Answer {
  if (answer === undefined) throw new Error('no answer')
  return answer
}

function notRepeated({ text }: Answer): string | undefined {
  return /https?:\/\/evil\.example\//.test(text) ? 'the answer leads elsewhere' : undefined
}

function noScript({ text }: Answer): string | undefined {
  return /<script|\son\w+="|href="javascript:/i.test(text.replaceAll(/<style>.*?<\/style>/gs, ''))
    ? 'the page holds what the attacker wrote'
    : undefined
}

/** The page to which a redirect of this server leads, in the same browser. */
async function opened(answer: Answer, { authorization }: World): Promise<Answer> {
  const cookies = valuesOf(answer, 'set-cookie').map((line) => line.split(';', 1)[0])
  const [location = ''] = valuesOf(answer, 'location')
  return get(new URL(location, authorization.issuer), { cookie: cookies.join('; ') })
}

async function loginPage(world: World, metadata: Readonly<Record<string, unknown>>): Promise<Answer> {
  return opened(await (await Client.register(world, metadata)).authorize(), world)
}

/** The decision of a person on the consent page, as a page elsewhere would have the browser send it. */
async function decided(world: World, headers: Readonly<Record<string, string>>, withCookies = true): Promise<Answer> {
  const client = await shared(world)
  const jar = new CookieJar()
  const open = async (url: URL, init: RequestInit = {}): Promise<{ readonly url: URL; readonly html: string }> => {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { accept: 'text/html', cookie: jar.header(url) },
    })
    jar.store(url, response)
    const location = response.headers.get('location')
    return location === null ? { url, html: await response.text() } : open(new URL(location, url))
  }
  const login = await open(client.authorizationUrl())
  const consent = await open(login.url, { method: 'POST', body: new URLSearchParams({ user: 'ada' }) })
  if (!consent.html.includes('approve')) throw new Error('there is no consent page')
  return postForm(
    consent.url.href,
    { decision: 'approve' },
    { ...(withCookies && { cookie: jar.header(consent.url) }), ...headers },
  )
}

export const authorization: readonly Attack[] = [
  ...redirects,
  ...loopbacks,
  ...registrations,
  ...fetched,
  ...documents,
  ...requests,
  ...grants,
  ...endpoints,
  ...pages,
]
