import { type Attack, attacks, type Expected } from '../attack.js'
import { MISDIRECTED, ORIGIN, rpc } from '../expected.js'
import { type Answer, valuesOf } from '../http/answer.js'
import { legacy, modern, type RawRequest } from '../http/request.js'
import { BOARDS_HOST, BOARDS_RESOURCE, type World } from '../world/world.js'
import { posted } from './asks.js'
import { BATCHING } from './batching.js'

const WHERE = `resource_metadata="https://${BOARDS_HOST}/.well-known/oauth-protected-resource/mcp"`
const REALM = 'realm="attack-boards"'

/** Without a token: log in, and no error, because nobody has tried. */
const LOGIN: Expected = {
  status: 401,
  error: 'unauthorized',
  challenge: `Bearer ${WHERE}, scope="boards:read", ${REALM}`,
}
const INVALID: Expected = {
  status: 401,
  error: 'invalid_token',
  challenge:
    'Bearer error="invalid_token", error_description="The access token is not valid for this resource", ' +
    `${WHERE}, scope="boards:read", ${REALM}`,
}
const WRITE: Expected = {
  status: 403,
  error: 'insufficient_scope',
  challenge:
    'Bearer error="insufficient_scope", error_description="The access token lacks the scope boards:write", ' +
    `scope="boards:read boards:write", ${WHERE}, ${REALM}`,
}

type Claims = Readonly<Record<string, unknown>>
type Params = Readonly<Record<string, unknown>>

/** A good token for the server with a public tool, but for what is asked otherwise. */
export function boardsToken({ issuer }: World, claims: Claims = {}): string {
  return issuer.token({ aud: BOARDS_RESOURCE, sub: 'b1.s1', scope: 'boards:read', ...claims })
}

const ABOUT = modern('tools/call', { name: 'about', arguments: {} })
const message = (method: string, params: Params, id: number): Params => ({ jsonrpc: '2.0', id, method, params })
const call = (name: string, id?: number): Params => ({
  jsonrpc: '2.0',
  ...(id === undefined ? {} : { id }),
  method: 'tools/call',
  params: { name, arguments: {} },
})
const about = (id?: number): Params => call('about', id)
const whoami = (id?: number): Params => call('whoami', id)
const batch = (...messages: readonly Params[]): RawRequest => posted(JSON.stringify(messages), BATCHING)
/** A good request whose headers are changed. */
const changed = (request: RawRequest, headers: RawRequest['headers']): RawRequest => ({
  ...request,
  headers: { ...request.headers, ...headers },
})
const raw = (params: string): RawRequest => posted(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":${params}}`)

/** What somebody without a token may not do where one tool is open to everybody. */
const strangers: readonly Attack[] = attacks<[RawRequest]>(
  'public-stranger',
  [
    ['tool', modern('tools/call', { name: 'whoami', arguments: {} })],
    ['tool-legacy', legacy('tools/call', { name: 'whoami' })],
    ['tool-of-scopes', modern('tools/call', { name: 'post', arguments: { board: 'b1' } })],
    ['tool-invalid-arguments', legacy('tools/call', { name: 'post', arguments: { x: 1 } })],
    ['tool-without-version', changed(posted(JSON.stringify(whoami(1))), { 'mcp-protocol-version': null })],
    ['tool-as-notification', posted(JSON.stringify(whoami()))],
    ['tool-unknown', legacy('tools/call', { name: 'nobody' })],
    ['tool-upper', legacy('tools/call', { name: 'ABOUT' })],
    ['tool-space', legacy('tools/call', { name: 'about ' })],
    ['tool-homograph', legacy('tools/call', { name: 'аbout' })],
    ['tool-null-byte', legacy('tools/call', { name: 'about\0' })],
    ['tool-list', legacy('tools/call', { name: ['about'] })],
    ['tool-of-prototype', legacy('tools/call', { name: 'constructor' })],
    ['resource', modern('resources/read', { uri: 'boards://board/b1' })],
    ['resource-hidden', legacy('resources/read', { uri: 'boards://staff' })],
    ['resource-unknown', legacy('resources/read', { uri: 'boards://nowhere' })],
    ['resource-list', modern('resources/list')],
    ['resource-templates', legacy('resources/templates/list')],
    ['prompt-list', legacy('prompts/list')],
    ['completion', legacy('completion/complete', { ref: { type: 'ref/prompt', name: 'about' } })],
    ['subscribe', legacy('resources/subscribe', { uri: 'boards://board/b1' })],
    ['listen', modern('subscriptions/listen', { notifications: { resourceSubscriptions: ['boards://board/b1'] } })],
    ['listen-to-lists', modern('subscriptions/listen', { notifications: { toolsListChanged: true } })],
    ['listen-to-nothing', modern('subscriptions/listen', { notifications: {} })],
    ['log-level', legacy('logging/setLevel', { level: 'debug' })],
    ['unknown-method', legacy('foo/bar')],
    ['answer', posted('{"jsonrpc":"2.0","id":1,"result":{}}')],
    ['cancel', posted('{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}')],
    ['stream', { method: 'GET', headers: { 'mcp-protocol-version': '2025-11-25' } }],
    ['delete', { method: 'DELETE', headers: { 'mcp-session-id': 'somebody' } }],
    ['batch-after-public', batch(about(1), whoami(2))],
    ['batch-before-public', batch(whoami(1), about(2))],
    ['batch-of-notifications', batch(about(), whoami())],
    ['batch-with-list-of-resources', batch(about(1), message('resources/list', {}, 2))],
    ['batch-with-nothing', batch(about(1), {})],
    [
      'header-says-public-tool',
      changed(modern('tools/call', { name: 'whoami', arguments: {} }), { 'mcp-name': 'about' }),
    ],
    ['header-says-list', changed(modern('tools/call', { name: 'whoami' }), { 'mcp-method': 'tools/list' })],
    ['header-says-initialize', changed(modern('tools/call', { name: 'whoami' }), { 'mcp-method': 'initialize' })],
    ['header-says-older', changed(modern('tools/call', { name: 'whoami' }), { 'mcp-protocol-version': '2025-11-25' })],
    [
      'header-says-who',
      changed(modern('tools/call', { name: 'whoami' }), { 'x-user': 'admin', 'x-forwarded-user': 'admin' }),
    ],
    ['name-twice', raw('{"name":"about","name":"whoami","arguments":{}}')],
    ['name-escaped', raw('{"name":"about","\\u006eame":"whoami","arguments":{}}')],
    ['name-in-arguments', raw('{"arguments":{"name":"about"},"name":"whoami"}')],
    [
      'meta-says-who',
      legacy('tools/call', { name: 'whoami', _meta: { caller: { subject: 'admin' }, access: 'public' } }),
    ],
    ['token-in-query', { ...modern('tools/call', { name: 'whoami' }), target: '/mcp?access_token=x' }],
    ['token-in-cookie', changed(modern('tools/call', { name: 'whoami' }), { cookie: 'access_token=x' })],
  ],
  (request) => ({ send: (world) => world.askBoards(request), expected: LOGIN }),
)

/** Whoever shows a token is judged by it, and not let through as somebody without one. */
const badTokens: readonly Attack[] = attacks<[(world: World) => RawRequest, Expected]>(
  'public-bad-token',
  [
    ['garbage', () => ({ ...ABOUT, token: 'nonsense' }), INVALID],
    ['empty', () => changed(ABOUT, { authorization: 'Bearer ' }), INVALID],
    ['scheme-alone', () => changed(ABOUT, { authorization: 'Bearer' }), INVALID],
    ['expired', (world) => ({ ...ABOUT, token: boardsToken(world, { exp: 1 }) }), INVALID],
    ['other-audience', (world) => ({ ...ABOUT, token: world.issuer.token() }), INVALID],
    ['other-issuer', (world) => ({ ...ABOUT, token: boardsToken(world, { iss: 'https://evil.example' }) }), INVALID],
    ['without-audience', (world) => ({ ...ABOUT, token: boardsToken(world, { aud: undefined }) }), INVALID],
    ['cut', (world) => ({ ...ABOUT, token: boardsToken(world).slice(0, -4) }), INVALID],
    [
      'not-signed',
      (world) => ({ ...ABOUT, token: `${boardsToken(world).split('.').slice(0, 2).join('.')}.` }),
      INVALID,
    ],
    [
      'legacy',
      (world) => ({ ...legacy('tools/call', { name: 'about' }), token: boardsToken(world, { exp: 1 }) }),
      INVALID,
    ],
    ['list', (world) => ({ ...modern('tools/list'), token: boardsToken(world, { exp: 1 }) }), INVALID],
    ['initialize', (world) => ({ ...legacy('initialize'), token: boardsToken(world, { exp: 1 }) }), INVALID],
    ['ping', () => ({ ...legacy('ping'), token: 'nonsense' }), INVALID],
    [
      'two-headers',
      (world) => changed(ABOUT, { authorization: [`Bearer ${boardsToken(world)}`, 'Bearer nonsense'] }),
      INVALID,
    ],
    ['batch', (world) => ({ ...batch(about(1), about(2)), token: boardsToken(world, { exp: 1 }) }), INVALID],
    ['other-scheme', () => changed(ABOUT, { authorization: 'Basic YTpi' }), LOGIN],
    ['no-scheme', (world) => changed(ABOUT, { authorization: boardsToken(world) }), LOGIN],
    ['empty-header', () => changed(ABOUT, { authorization: '' }), LOGIN],
    [
      'low',
      (world) => ({
        ...modern('tools/call', { name: 'post', arguments: { board: 'b1' } }),
        token: boardsToken(world),
      }),
      WRITE,
    ],
    [
      'low-behind-public',
      (world) => ({
        ...batch(about(1), message('tools/call', { name: 'post', arguments: { board: 'b1' } }, 2)),
        token: boardsToken(world),
      }),
      WRITE,
    ],
  ],
  (request, expected) => ({ send: (world) => world.askBoards(request(world)), expected }),
)

/** What is checked of everybody is checked of somebody without a token, too. */
const anyway: readonly Attack[] = attacks<[RawRequest, Expected]>(
  'public-anyway',
  [
    ['foreign-origin', changed(ABOUT, { origin: 'https://evil.example' }), ORIGIN],
    ['null-origin', changed(ABOUT, { origin: 'null' }), ORIGIN],
    ['foreign-host', changed(ABOUT, { host: 'evil.example' }), MISDIRECTED],
    ['header-mismatch', changed(ABOUT, { 'mcp-name': 'other' }), rpc(400, -32020)],
    ['batch-with-one-id', batch(about(1), about(1)), rpc(400, -32600)],
    ['batch-too-long', batch(...Array.from({ length: 101 }, (_, id) => about(id))), rpc(400, -32600)],
    ['batch-in-other-revision', posted(JSON.stringify([about(1)])), rpc(400, -32600)],
    ['proto', raw('{"name":"about","__proto__":{"a":1}}'), rpc(400, -32600)],
    ['broken', posted('{"jsonrpc":'), rpc(400, -32700)],
    ['too-large', posted(JSON.stringify({ a: 'x'.repeat(2 * 1024 * 1024) })), rpc(413, -32600)],
    ['form', changed(ABOUT, { 'content-type': 'application/x-www-form-urlencoded' }), rpc(415, -32600)],
    [
      'arguments',
      modern('tools/call', { name: 'about', arguments: { admin: true } }),
      { status: 200, error: 'tool-error' },
    ],
  ],
  (request, expected) => ({ send: (world) => world.askBoards(request), expected }),
)

const INITIALIZE = legacy('initialize', {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'attacker', version: '1' },
})

/** A session that somebody else opened with a token. */
async function sessionOf(world: World): Promise<string> {
  const answer = await world.askBoards({
    ...INITIALIZE,
    token: boardsToken(world, { scope: 'boards:read boards:write' }),
  })
  return valuesOf(answer, 'mcp-session-id')[0] ?? 'none'
}

const sessions: readonly Attack[] = attacks<[(world: World) => Promise<Answer>, Expected]>(
  'public-session',
  [
    [
      'none-for-strangers',
      (world) => world.askBoards(INITIALIZE),
      {
        status: 200,
        also: (answer) => (valuesOf(answer, 'mcp-session-id').length > 0 ? 'a stranger got a session' : undefined),
      },
    ],
    [
      'of-somebody',
      async (world) =>
        world.askBoards(
          changed(legacy('tools/call', { name: 'whoami' }), { 'mcp-session-id': await sessionOf(world) }),
        ),
      LOGIN,
    ],
    [
      'stream-of-somebody',
      async (world) => world.askBoards({ method: 'GET', headers: { 'mcp-session-id': await sessionOf(world) } }),
      LOGIN,
    ],
    [
      'end-of-somebody',
      async (world) => world.askBoards({ method: 'DELETE', headers: { 'mcp-session-id': await sessionOf(world) } }),
      LOGIN,
    ],
    [
      'batch-in-session',
      async (world) =>
        world.askBoards(changed(batch(about(1), whoami(2)), { 'mcp-session-id': await sessionOf(world) })),
      LOGIN,
    ],
  ],
  (send, expected) => ({ send, expected }),
)

/** Ways past a server on which something is open to everybody. */
export const openings: readonly Attack[] = [...strangers, ...badTokens, ...anyway, ...sessions]
