import { type Attack, attacks, type Expected } from '../attack.js'
import {
  insufficientScope,
  LOGIN,
  LOGIN_CHALLENGE,
  METHOD_NOT_ALLOWED,
  MISDIRECTED,
  NOT_FOUND,
  ORIGIN,
} from '../expected.js'
import { type Answer, NOTHING, valuesOf } from '../http/answer.js'
import { exchange } from '../http/exchange.js'
import { bytesOf, legacy, type RawRequest, RESOURCE } from '../http/request.js'
import type { World } from '../world/world.js'
import { callWrite } from './asks.js'

const BAD_TARGET: Expected = { status: 400, error: 'invalid_request' }

/** With a token that may do everything: what looks like the endpoint, and is not. */
const paths: readonly Attack[] = attacks<[string, Expected]>(
  'path',
  [
    ['slash', '/mcp/', NOT_FOUND],
    ['double-slash', '//mcp', NOT_FOUND],
    ['upper', '/MCP', NOT_FOUND],
    ['semicolon', '/mcp;x=1', NOT_FOUND],
    ['encoded-slash', '/mcp%2f', NOT_FOUND],
    ['encoded-backslash', '/mcp%5c', NOT_FOUND],
    ['backslash', '/mcp\\', NOT_FOUND],
    ['dot', '/./mcp', NOT_FOUND],
    ['dot-after', '/mcp/.', NOT_FOUND],
    ['up', '/x/../mcp', NOT_FOUND],
    ['up-encoded', '/x/%2e%2e/mcp', NOT_FOUND],
    ['up-semicolon', '/x/..;/mcp', NOT_FOUND],
    ['null-byte', '/mcp%00', NOT_FOUND],
    ['newline', '/mcp%0a', NOT_FOUND],
    ['space', '/mcp%20', NOT_FOUND],
    ['suffix', '/mcp.json', NOT_FOUND],
    ['double-encoded', '/%256dcp', NOT_FOUND],
    ['not-utf-8', '/mcp%ff', BAD_TARGET],
    ['broken-encoding', '/mcp%zz', BAD_TARGET],
    ['longer', '/mcp/admin', NOT_FOUND],
    ['sse', '/sse', NOT_FOUND],
    ['messages', '/messages?sessionId=1', NOT_FOUND],
    ['proto', '/__proto__', NOT_FOUND],
    ['environment', '/.env', NOT_FOUND],
    ['git', '/.git/config', NOT_FOUND],
    ['package', '/package.json', NOT_FOUND],
    ['traversal', '/../../../../etc/passwd', NOT_FOUND],
    ['traversal-encoded', '/%2e%2e/%2e%2e/etc/passwd', NOT_FOUND],
    ['generated', '/generated/policy.gen.js', NOT_FOUND],
    ['console', '/console', NOT_FOUND],
    ['root', '/', NOT_FOUND],
    ['health-below', '/healthz/mcp', NOT_FOUND],
    ['authorization-server-metadata', '/.well-known/oauth-authorization-server', NOT_FOUND],
    ['openid-configuration', '/.well-known/openid-configuration', NOT_FOUND],
    ['long', `/${'x'.repeat(5_000)}`, NOT_FOUND],
  ],
  (target, expected) => ({
    send: (world) => world.ask({ ...callWrite(), target, token: world.issuer.token() }),
    expected,
  }),
)

/** Without a token: other spellings of the endpoint's own address are guarded like it. */
const spellings: readonly Attack[] = attacks<[string]>(
  'spelling',
  [
    ['query', '/mcp?x'],
    ['query-path', '/mcp?/healthz'],
    ['fragment', '/mcp#/healthz'],
    ['encoded', '/%6dcp'],
    ['encoded-all', '/%6d%63%70'],
    ['absolute', RESOURCE],
    ['absolute-http', 'http://attack.example/mcp'],
  ],
  (target) => ({ send: (world) => world.ask({ ...callWrite(), target }), expected: LOGIN }),
)

const METHODS = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const methods: readonly Attack[] = [
  ...METHODS.map((method) => ({
    name: `method/${method.toLowerCase()}-without-token`,
    send: (world: World) => world.ask({ method, headers: { 'mcp-protocol-version': '2025-11-25' } }),
    expected: method === 'HEAD' ? { status: 401, challenge: LOGIN_CHALLENGE } : LOGIN,
  })),
  ...METHODS.map((method) => ({
    name: `method/${method.toLowerCase()}-with-token`,
    send: (world: World) => world.ask({ ...callWrite(), method, token: world.issuer.token() }),
    expected: method === 'HEAD' ? { status: 405 } : METHOD_NOT_ALLOWED,
  })),
  ...attacks<[RawRequest, Expected]>(
    'method',
    [
      ['trace', { method: 'TRACE' }, METHOD_NOT_ALLOWED],
      ['propfind', { method: 'PROPFIND' }, NOT_FOUND],
      ['lock', { method: 'LOCK' }, NOT_FOUND],
      ['purge', { method: 'PURGE' }, NOT_FOUND],
      ['override', { method: 'GET', headers: { 'x-http-method-override': 'POST' } }, METHOD_NOT_ALLOWED],
      [
        'override-other-names',
        { method: 'GET', headers: { 'x-method-override': 'POST', 'x-http-method': 'POST' } },
        METHOD_NOT_ALLOWED,
      ],
      ['override-query', { method: 'GET', target: '/mcp?_method=POST' }, METHOD_NOT_ALLOWED],
      ['stream', { method: 'GET', headers: { accept: 'text/event-stream', 'last-event-id': '1' } }, METHOD_NOT_ALLOWED],
    ],
    (request, expected) => ({
      send: (world) => {
        const call = callWrite()
        return world.ask({
          ...call,
          ...request,
          headers: { ...call.headers, ...request.headers },
          token: world.issuer.token(),
        })
      },
      expected,
    }),
  ),
]

const preflight = (origin: string, host = 'attack.example'): RawRequest => ({
  method: 'OPTIONS',
  headers: { host, origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
})
const preflights: readonly Attack[] = attacks<[RawRequest, Expected]>(
  'preflight',
  [
    ['foreign', preflight('https://evil.example'), ORIGIN],
    ['null', preflight('null'), ORIGIN],
    ['suffix', preflight('https://attack.example.evil.example'), ORIGIN],
    ['loopback', preflight('http://localhost:6274'), ORIGIN],
    ['rebinding', preflight('https://evil.example', 'evil.example'), MISDIRECTED],
  ],
  (request, expected) => ({ send: (world) => world.ask(request), expected }),
)

const LOW = 'items:read'
const REFUSED_LOW = insufficientScope(['items:write'], 'items:read items:write')
const initialize = (): Pick<RawRequest, 'headers' | 'body'> =>
  legacy('initialize', {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'attacker', version: '1' },
  })

/** Nothing is remembered of a session or a connection, so there is nothing to steal or to fix. */
const sessions: readonly Attack[] = attacks<[(world: World) => Promise<Answer>, Expected]>(
  'session',
  [
    ['guessed', (world) => world.ask(withSession('1')), LOGIN],
    [
      'stolen-with-low-token',
      (world) => world.ask({ ...withSession('1'), token: world.issuer.token({ scope: LOW }) }),
      REFUSED_LOW,
    ],
    ['traversal', (world) => world.ask(withSession('../../admin')), LOGIN],
    ['long', (world) => world.ask(withSession('x'.repeat(8_000))), LOGIN],
    ['crlf', (world) => world.ask(withSession('a\r\nX-Injected: 1')), LOGIN],
    [
      'fixed',
      (world) =>
        world.ask({
          ...initialize(),
          headers: { ...initialize().headers, 'mcp-session-id': 'mine' },
          token: world.issuer.token(),
        }),
      { status: 200, also: noSession },
    ],
    [
      'none-is-given',
      (world) => world.ask({ ...initialize(), token: world.issuer.token() }),
      { status: 200, also: noSession },
    ],
    [
      'end-of-another',
      (world) =>
        world.ask({ method: 'DELETE', headers: { 'mcp-session-id': '1' }, token: world.issuer.token({ scope: LOW }) }),
      METHOD_NOT_ALLOWED,
    ],
    [
      'stream-of-another',
      (world) =>
        world.ask({
          method: 'GET',
          headers: { 'mcp-session-id': '1', 'last-event-id': '0' },
          token: world.issuer.token({ scope: LOW }),
        }),
      METHOD_NOT_ALLOWED,
    ],
    ['connection-of-another', (world) => reuse(world, {}), LOGIN],
    [
      'connection-of-another-low-token',
      (world) => reuse(world, { token: world.issuer.token({ scope: LOW }) }),
      REFUSED_LOW,
    ],
    [
      'cookie',
      (world) => world.ask({ ...callWrite(), headers: { ...callWrite().headers, cookie: 'session=1; _session=2' } }),
      LOGIN,
    ],
    [
      'handle-in-arguments',
      (world) => world.ask({ ...callWrite({ sessionId: 'admin' }), token: world.issuer.token({ scope: LOW }) }),
      REFUSED_LOW,
    ],
  ],
  (send, expected) => ({ send, expected }),
)

function withSession(id: string): RawRequest {
  const call = callWrite()
  return { ...call, headers: { ...call.headers, 'mcp-session-id': id } }
}

/** Somebody who may do everything, and on the same connection somebody else. */
async function reuse({ target, issuer }: World, second: RawRequest): Promise<Answer> {
  const first = initialize()
  const answers = await exchange(
    target.port,
    bytesOf({ ...first, headers: { ...first.headers, connection: 'keep-alive' }, token: issuer.token() }),
    bytesOf({ ...callWrite(), ...second }),
  )
  return answers[1] ?? NOTHING
}

function noSession(answer: Answer): string | undefined {
  const given = [...valuesOf(answer, 'mcp-session-id'), ...valuesOf(answer, 'set-cookie')]
  return given.length === 0 ? undefined : 'a session was given'
}

const METADATA = '/.well-known/oauth-protected-resource'
const DOCUMENT = (world: World): string =>
  JSON.stringify({
    resource: RESOURCE,
    authorization_servers: [world.issuer.issuer],
    scopes_supported: ['items:read'],
    bearer_methods_supported: ['header'],
    resource_name: 'attack-target',
  })
const UNCHANGED: Expected = {
  status: 200,
  also: ({ text }, world) => (text === DOCUMENT(world) ? undefined : `the document is ${text}`),
}

/** The document that tells clients where to log in: whoever could change it would get everybody's tokens. */
const metadata: readonly Attack[] = attacks<[RawRequest, Expected]>(
  'metadata',
  [
    ['other-resource', { target: `${METADATA}/evil` }, NOT_FOUND],
    ['slash', { target: `${METADATA}/mcp/` }, NOT_FOUND],
    ['longer', { target: `${METADATA}/mcp/x` }, NOT_FOUND],
    ['upper', { target: `${METADATA}/MCP` }, NOT_FOUND],
    ['up', { target: `${METADATA}/../../etc/passwd` }, NOT_FOUND],
    ['encoded-slash', { target: `${METADATA}%2fmcp` }, NOT_FOUND],
    ['full-url', { target: `${METADATA}/https://evil.example/mcp` }, NOT_FOUND],
    ['appended', { target: '/mcp/.well-known/oauth-protected-resource' }, NOT_FOUND],
    ['post', { method: 'POST', target: `${METADATA}/mcp`, body: '{}' }, NOT_FOUND],
    ['put', { method: 'PUT', target: `${METADATA}/mcp`, body: '{}' }, NOT_FOUND],
    ['delete', { method: 'DELETE', target: METADATA }, NOT_FOUND],
    ['query', { target: `${METADATA}/mcp?resource=https://evil.example/mcp` }, UNCHANGED],
    ['foreign-host', { target: `${METADATA}/mcp`, headers: { host: 'evil.example' } }, UNCHANGED],
    ['foreign-host-at-root', { target: METADATA, headers: { host: 'evil.example' } }, UNCHANGED],
    [
      'forwarded-host',
      { target: `${METADATA}/mcp`, headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' } },
      UNCHANGED,
    ],
    ['forwarded', { target: METADATA, headers: { forwarded: 'host=evil.example' } }, UNCHANGED],
    ['absolute-form', { target: `https://evil.example${METADATA}/mcp` }, UNCHANGED],
    ['cookie', { target: METADATA, headers: { cookie: 'issuer=https://evil.example' } }, UNCHANGED],
  ],
  (request, expected) => ({ send: (world) => world.ask({ method: 'GET', ...request }), expected }),
)

export const places: readonly Attack[] = [...paths, ...spellings, ...methods, ...preflights]
export const remembered: readonly Attack[] = sessions
export const poisoning: readonly Attack[] = metadata
