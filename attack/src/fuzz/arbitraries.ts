import fc from 'fast-check'
import { CLAIM, HOST, RESOURCE } from '../http/request.js'

/** Words that mean something here: among letters at random they would hardly come up. */
const NAMES = [
  'audit_items',
  'read_item',
  'write_item',
  'erase_all',
  'import_items',
  'ask',
  'item',
  'file',
  '__proto__',
  'constructor',
  '',
]
const URIS = [
  'items://item/one',
  'files://tree/a/b',
  'files://tree/../a',
  'items://item/{id}',
  'files://tree/{+path}',
  'x:y',
]
const METHODS = [
  'initialize',
  'ping',
  'server/discover',
  'tools/list',
  'tools/call',
  'resources/list',
  'resources/templates/list',
  'resources/read',
  'prompts/list',
  'prompts/get',
  'completion/complete',
  'subscriptions/listen',
  'logging/setLevel',
  'notifications/initialized',
  'notifications/cancelled',
]
const SCOPES = ['items:read', 'items:write', 'items:erase', 'Items:Write', 'items', '']

const anything = fc.oneof(fc.jsonValue({ maxDepth: 4 }), fc.string({ unit: 'binary' }), fc.constant(Number.MAX_VALUE))
const one = (words: readonly string[]): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: anything })

/** Some of these members, in any order. */
const some = (members: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(members, { requiredKeys: [] })

const params = some({
  name: one(NAMES),
  uri: one(URIS),
  arguments: fc.oneof(
    fc.constant({ id: 'one', text: 'x' }),
    some({ id: one(['one', '../x', '']), text: anything, items: anything, amount: anything }),
    anything,
  ),
  ref: fc.oneof(some({ type: one(['ref/prompt', 'ref/resource']), name: one(NAMES), uri: one(URIS) }), anything),
  argument: some({ name: one(['id', 'path', '']), value: one(['', 'a']) }),
  cursor: anything,
  protocolVersion: one(['2025-11-25', '2026-07-28']),
  capabilities: fc.constant({}),
  clientInfo: fc.constant({ name: 'fuzz', version: '1' }),
  notifications: anything,
  requestId: anything,
  _meta: fc.oneof(
    fc.constant(CLAIM),
    some({ ...Object.fromEntries(Object.keys(CLAIM).map((key) => [key, anything])), progressToken: anything }),
  ),
})

const message = some({
  jsonrpc: fc.oneof({ weight: 12, arbitrary: fc.constant('2.0') }, { weight: 1, arbitrary: anything }),
  id: fc.oneof(fc.nat(3), fc.string(), anything),
  method: one(METHODS),
  params: fc.oneof({ weight: 8, arbitrary: params }, { weight: 1, arbitrary: anything }),
})
/** What a handler of `attack/target` answers, or nearly: so that many get as far as being decided. */
const aimed = fc.oneof(
  fc.constantFrom<readonly [string, Record<string, unknown>]>(
    ['tools/call', { name: 'read_item', arguments: { id: 'one' } }],
    ['tools/call', { name: 'write_item', arguments: { id: 'one', text: 'x' } }],
    ['tools/call', { name: 'erase_all' }],
    ['resources/list', {}],
    ['resources/read', { uri: 'items://item/one' }],
    ['resources/read', { uri: 'files://tree/a/b' }],
    ['prompts/get', { name: 'ask', arguments: { id: 'one' } }],
    ['completion/complete', { ref: { type: 'ref/prompt', name: 'ask' }, argument: { name: 'id', value: '' } }],
  ),
  fc.tuple(fc.constantFrom(...METHODS), params),
)
const call = fc.tuple(aimed, fc.nat(3)).map(([[method, inner], id]) => ({ jsonrpc: '2.0', id, method, params: inner }))

export const body: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: call.map((value) => JSON.stringify(value)) },
  { weight: 3, arbitrary: message.map((value) => JSON.stringify(value)) },
  { weight: 2, arbitrary: fc.array(fc.oneof(call, message), { maxLength: 6 }).map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: anything.map((value) => JSON.stringify(value) ?? '') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
)

const visible = fc.string({ unit: 'grapheme-ascii', maxLength: 30 }).map((text) => text.replace(/[\r\n]/g, ''))
const header = (words: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: visible })

/** What gets further, nearly always. */
const mostly = (good: string, others: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 30, arbitrary: fc.constant(good) }, { weight: 1, arbitrary: header(others) })

const wild: fc.Arbitrary<Record<string, string>> = fc.record(
  {
    'mcp-protocol-version': header(['2025-11-25', '2025-11-25', '2026-07-28', '2025-03-26']),
    'mcp-method': header(METHODS),
    'mcp-name': header(NAMES),
    'mcp-session-id': header(['1']),
    origin: mostly('https://attack.example', ['null', 'https://evil.example']),
    host: mostly(HOST, ['evil.example']),
    accept: mostly('application/json, text/event-stream', ['application/json', '*/*']),
    'content-type': mostly('application/json', ['text/plain', 'application/json; charset=utf-8']),
    'last-event-id': header(['1']),
    expect: mostly('100-continue', ['x']),
  },
  { requiredKeys: [] },
)

export const headers: fc.Arbitrary<Record<string, string>> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ 'mcp-protocol-version': '2025-11-25' }) },
  { weight: 2, arbitrary: wild },
)

export const method: fc.Arbitrary<string> = fc.oneof(
  { weight: 30, arbitrary: fc.constant('POST') },
  { weight: 1, arbitrary: fc.constantFrom('GET', 'DELETE', 'PUT', 'OPTIONS', 'HEAD', 'PATCH') },
)

export const target: fc.Arbitrary<string> = fc.oneof(
  { weight: 40, arbitrary: fc.constant('/mcp') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('/mcp?x', '/mcp/', '/%6dcp', RESOURCE, '/.well-known/oauth-protected-resource'),
  },
  { weight: 1, arbitrary: fc.webPath() },
)

/** What a token says instead of what a good one would; nothing is left out on purpose by `null`. */
export const claims: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ scope: fc.subarray(SCOPES).map((list) => list.join(' ')) }) },
  {
    weight: 2,
    arbitrary: some({
      scope: fc.oneof(
        fc.subarray(SCOPES),
        fc.subarray(SCOPES).map((list) => list.join(' ')),
        anything,
      ),
      scp: fc.oneof(fc.subarray(SCOPES), anything),
      iss: anything,
      aud: fc.oneof(fc.constantFrom<unknown>(RESOURCE, [RESOURCE], [RESOURCE, 'x'], `${RESOURCE}/`), anything),
      sub: anything,
      client_id: anything,
      azp: anything,
      exp: fc.oneof(fc.double(), fc.integer(), anything),
      nbf: fc.oneof(fc.double(), anything),
      iat: fc.oneof(fc.double(), anything),
      cnf: anything,
      nonce: anything,
      token_use: anything,
      events: anything,
    }),
  },
  { weight: 1, arbitrary: fc.dictionary(fc.string(), anything, { maxKeys: 5 }) },
)

export const tokenHeader: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
  { weight: 20, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: some({
      alg: one(['none', 'HS256', 'RS256', 'ES256']),
      typ: one(['at+jwt', 'JWT']),
      kid: anything,
      crit: anything,
      jwk: anything,
      jku: anything,
      b64: anything,
    }),
  },
)

/** Bytes that are changed on the way: where, how many go, and what comes instead. */
export const damage: fc.Arbitrary<readonly (readonly [number, number, Uint8Array])[]> = fc.oneof(
  { weight: 4, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc.array(fc.tuple(fc.nat(3_000), fc.nat(3), fc.uint8Array({ maxLength: 4 })), { maxLength: 4 }),
  },
)
