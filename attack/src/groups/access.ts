import { type Attack, attacks, type Expected } from '../attack.js'
import { INVALID_TOKEN, insufficientScope, LOGIN, rpc } from '../expected.js'
import type { Answer } from '../http/answer.js'
import { legacy, modern, type RawRequest } from '../http/request.js'
import type { World } from '../world/world.js'
import { posted } from './asks.js'
import { BATCHING } from './batching.js'

type Params = Readonly<Record<string, unknown>>
type Ask = readonly [method: string, params: Params]

interface Wanted {
  readonly name: string
  readonly ask: Ask
  /** What a token lacks that holds `items:read`, and what its challenge names. */
  readonly low: Expected
}

const WRITE = insufficientScope(['items:write'], 'items:read items:write')
const ERASE = insufficientScope(['items:write', 'items:erase'], 'items:read items:write items:erase')

/** Everything that a token with `items:read` may not do. */
const WANTED: readonly Wanted[] = [
  { name: 'tool', ask: ['tools/call', { name: 'write_item', arguments: { id: 'one', text: 'x' } }], low: WRITE },
  { name: 'tool-invalid-arguments', ask: ['tools/call', { name: 'write_item', arguments: { x: 1 } }], low: WRITE },
  { name: 'tool-of-two-scopes', ask: ['tools/call', { name: 'erase_all', arguments: {} }], low: ERASE },
  { name: 'resource', ask: ['resources/read', { uri: 'files://tree/secret/file' }], low: WRITE },
  { name: 'prompt', ask: ['prompts/get', { name: 'ask', arguments: { id: 'one' } }], low: WRITE },
  {
    name: 'completion-of-prompt',
    ask: ['completion/complete', { ref: { type: 'ref/prompt', name: 'ask' }, argument: { name: 'id', value: '' } }],
    low: WRITE,
  },
  {
    name: 'completion-of-resource',
    ask: [
      'completion/complete',
      { ref: { type: 'ref/resource', uri: 'files://tree/{+path}' }, argument: { name: 'path', value: '' } },
    ],
    low: WRITE,
  },
]

const message = ([method, params]: Ask, id: number | undefined = 1): Params => ({
  jsonrpc: '2.0',
  ...(id === undefined ? {} : { id }),
  method,
  params,
})
const LIST: Ask = ['tools/list', {}]

/** Ways to ask that a check of single calls could forget. */
const FORMS: readonly (readonly [string, (ask: Ask) => RawRequest])[] = [
  ['modern', ([method, params]) => modern(method, params)],
  ['legacy', ([method, params]) => legacy(method, params)],
  ['without-version', (ask) => posted(JSON.stringify(message(ask)), { 'mcp-protocol-version': null })],
  ['notification', (ask) => posted(JSON.stringify(message(ask, undefined)))],
  ['batch-first', (ask) => posted(JSON.stringify([message(ask), message(LIST, 2)]), BATCHING)],
  ['batch-last', (ask) => posted(JSON.stringify([message(LIST, 2), message(ask)]), BATCHING)],
  ['batch-of-notifications', (ask) => posted(JSON.stringify([message(ask, undefined)]), BATCHING)],
]

/** Everything, in every way of asking, by somebody without a token and by somebody with too little. */
const matrix: readonly Attack[] = WANTED.flatMap(({ name, ask, low }) =>
  FORMS.flatMap(([form, write]): Attack[] => [
    { name: `access/${name}-${form}-without-token`, send: (world) => world.ask(write(ask)), expected: LOGIN },
    {
      name: `access/${name}-${form}-low-token`,
      send: (world) => world.ask({ ...write(ask), token: world.issuer.token({ scope: 'items:read' }) }),
      expected: low,
    },
  ]),
)

const low = (world: World): string => world.issuer.token({ scope: 'items:read' })
const none = (world: World): string => world.issuer.token({ scope: '' })

/** Requests that hide what they ask for, or borrow the right to it. */
const bypasses: readonly Attack[] = attacks<[(world: World) => RawRequest, Expected]>(
  'bypass',
  [
    [
      'name-twice',
      (world) => ({
        ...posted(
          '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_item","name":"write_item","arguments":{"id":"one","text":"x"}}}',
        ),
        token: low(world),
      }),
      WRITE,
    ],
    [
      'method-twice',
      (world) => ({
        ...posted(
          '{"jsonrpc":"2.0","id":1,"method":"tools/list","method":"tools/call","params":{"name":"write_item","arguments":{"id":"one","text":"x"}}}',
        ),
        token: low(world),
      }),
      WRITE,
    ],
    [
      'params-twice',
      (world) => ({
        ...posted(
          '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_item"},"params":{"name":"write_item","arguments":{"id":"one","text":"x"}}}',
        ),
        token: low(world),
      }),
      WRITE,
    ],
    [
      'escaped-name',
      (world) => ({
        ...posted(
          '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\\u0077rite_item","arguments":{"id":"one","text":"x"}}}',
        ),
        token: low(world),
      }),
      WRITE,
    ],
    [
      'escaped-key',
      (world) => ({
        ...posted(
          '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read_item","\\u006eame":"write_item","arguments":{"id":"one","text":"x"}}}',
        ),
        token: low(world),
      }),
      WRITE,
    ],
    [
      'header-says-other-tool',
      (world) => {
        const call = modern('tools/call', { name: 'write_item', arguments: { id: 'one', text: 'x' } })
        return { ...call, headers: { ...call.headers, 'mcp-name': 'read_item' }, token: low(world) }
      },
      WRITE,
    ],
    [
      'header-says-other-method',
      (world) => {
        const call = modern('tools/call', { name: 'write_item', arguments: { id: 'one', text: 'x' } })
        return { ...call, headers: { ...call.headers, 'mcp-method': 'tools/list' }, token: low(world) }
      },
      WRITE,
    ],
    [
      'header-says-scope',
      (world) => {
        const call = modern('tools/call', { name: 'write_item', arguments: { id: 'one', text: 'x' } })
        return {
          ...call,
          headers: { ...call.headers, 'x-scope': 'items:write', 'mcp-param-scope': 'items:write' },
          token: low(world),
        }
      },
      WRITE,
    ],
    [
      'meta-says-scope',
      (world) => ({
        ...legacy('tools/call', {
          name: 'write_item',
          arguments: {},
          _meta: { scope: 'items:write', 'mcp/scopes': ['items:write'], caller: { scopes: ['items:write'] } },
        }),
        token: low(world),
      }),
      WRITE,
    ],
    [
      'arguments-say-scope',
      (world) => ({
        ...legacy('tools/call', { name: 'write_item', arguments: { scope: 'items:write', caller: 'admin' } }),
        token: low(world),
      }),
      WRITE,
    ],
    [
      'list-of-resources-runs-nothing',
      (world) => ({
        ...posted(JSON.stringify([message(['resources/list', {}]), message(WANTED[0]?.ask ?? LIST, 2)]), BATCHING),
        token: low(world),
      }),
      WRITE,
    ],
    [
      'implied-is-not-implying',
      (world) => ({ ...legacy('tools/call', { name: 'write_item', arguments: {} }), token: low(world) }),
      WRITE,
    ],
    [
      'one-of-two-scopes',
      (world) => ({
        ...legacy('tools/call', { name: 'erase_all' }),
        token: world.issuer.token({ scope: 'items:write' }),
      }),
      insufficientScope(['items:erase'], 'items:write items:erase'),
    ],
    [
      'other-of-two-scopes',
      (world) => ({
        ...legacy('tools/call', { name: 'erase_all' }),
        token: world.issuer.token({ scope: 'items:erase' }),
      }),
      insufficientScope(['items:write'], 'items:write items:erase'),
    ],
    [
      'tool-by-file-name',
      (world) => ({ ...legacy('tools/call', { name: 'write-item' }), token: low(world) }),
      rpc(200, -32602),
    ],
    [
      'tool-by-path',
      (world) => ({ ...legacy('tools/call', { name: '../tools/write_item' }), token: low(world) }),
      rpc(200, -32602),
    ],
    [
      'tool-upper',
      (world) => ({ ...legacy('tools/call', { name: 'WRITE_ITEM' }), token: low(world) }),
      rpc(200, -32602),
    ],
    [
      'tool-space',
      (world) => ({ ...legacy('tools/call', { name: 'write_item ' }), token: low(world) }),
      rpc(200, -32602),
    ],
    [
      'tool-null-byte',
      (world) => ({ ...legacy('tools/call', { name: 'write_item\u0000' }), token: low(world) }),
      rpc(200, -32602),
    ],
    [
      'tool-homograph',
      (world) => ({ ...legacy('tools/call', { name: 'wrіte_item' }), token: low(world) }),
      rpc(200, -32602),
    ],
    [
      'tool-proto',
      (world) => ({ ...legacy('tools/call', { name: '__proto__' }), token: none(world) }),
      rpc(200, -32602),
    ],
    [
      'tool-constructor',
      (world) => ({ ...legacy('tools/call', { name: 'constructor' }), token: none(world) }),
      rpc(200, -32602),
    ],
    [
      'tool-to-string',
      (world) => ({ ...legacy('tools/call', { name: 'toString' }), token: none(world) }),
      rpc(200, -32602),
    ],
    [
      'tool-crlf',
      (world) => ({ ...legacy('tools/call', { name: 'x\r\nHTTP/1.1 200 OK\r\n\r\n' }), token: none(world) }),
      rpc(200, -32602),
    ],
    [
      'prompt-proto',
      (world) => ({ ...legacy('prompts/get', { name: '__proto__' }), token: none(world) }),
      rpc(200, -32602),
    ],
    [
      'completion-argument-proto',
      (world) => ({ ...complete('constructor'), token: world.issuer.token() }),
      rpc(200, -32602),
    ],
    [
      'completion-argument-unknown',
      (world) => ({ ...complete('subject'), token: world.issuer.token() }),
      rpc(200, -32602),
    ],
    ['completion-argument-unknown-low-token', (world) => ({ ...complete('subject'), token: low(world) }), WRITE],
    [
      'completion-of-a-uri-instead-of-its-template',
      (world) => ({
        ...legacy('completion/complete', {
          ref: { type: 'ref/resource', uri: 'files://tree/secret' },
          argument: { name: 'path', value: '' },
        }),
        token: low(world),
      }),
      rpc(200, -32602),
    ],
    [
      'completion-of-tool',
      (world) => ({
        ...legacy('completion/complete', {
          ref: { type: 'ref/tool', name: 'write_item' },
          argument: { name: 'id', value: '' },
        }),
        token: low(world),
      }),
      rpc(200, -32602),
    ],
    [
      'log-level',
      (world) => ({ ...legacy('logging/setLevel', { level: 'debug' }), token: world.issuer.token() }),
      rpc(200, -32601),
    ],
    [
      'subscribe',
      (world) => ({ ...legacy('resources/subscribe', { uri: 'files://tree/secret' }), token: low(world) }),
      WRITE,
    ],
    [
      'subscribe-not-offered',
      (world) => ({
        ...legacy('resources/subscribe', { uri: 'files://tree/secret' }),
        token: world.issuer.token({ scope: 'items:write' }),
      }),
      rpc(200, -32601),
    ],
    [
      'listen',
      (world) => ({
        ...modern('subscriptions/listen', { notifications: { resourceSubscriptions: ['files://tree/secret'] } }),
        token: low(world),
      }),
      WRITE,
    ],
    [
      'listen-not-offered',
      (world) => ({
        ...modern('subscriptions/listen', { notifications: { resourceSubscriptions: ['files://tree/secret'] } }),
        token: world.issuer.token({ scope: 'items:write' }),
      }),
      rpc(404, -32601),
    ],
    [
      'sampling',
      (world) => ({ ...legacy('sampling/createMessage', { messages: [], maxTokens: 1 }), token: low(world) }),
      rpc(200, -32601),
    ],
    [
      'elicitation',
      (world) => ({ ...legacy('elicitation/create', { message: 'Your password?' }), token: low(world) }),
      rpc(200, -32601),
    ],
    ['tasks', (world) => ({ ...legacy('tasks/result', { taskId: '1' }), token: low(world) }), rpc(200, -32601)],
    ['roots', (world) => ({ ...legacy('roots/list'), token: low(world) }), rpc(200, -32601)],
    [
      'cursor',
      (world) => ({ ...legacy('tools/list', { cursor: '../../etc/passwd' }), token: low(world) }),
      rpc(200, -32602),
    ],
  ],
  (request, expected) => ({ send: (world) => world.ask(request(world)), expected }),
)

function complete(name: string): RawRequest {
  return legacy('completion/complete', { ref: { type: 'ref/prompt', name: 'ask' }, argument: { name, value: '' } })
}

/** What somebody could learn by comparing answers. Two requests each; the last one's answer counts. */
const oracles: readonly Attack[] = [
  alike('unknown-tool-without-token', LOGIN, [
    () => legacy('tools/call', { name: 'write_item' }),
    () => legacy('tools/call', { name: 'no_such_tool' }),
  ]),
  alike('unknown-resource-without-token', LOGIN, [
    () => legacy('resources/read', { uri: 'files://tree/secret' }),
    () => legacy('resources/read', { uri: 'nothing://here' }),
  ]),
  alike('unknown-method-without-token', LOGIN, [() => legacy('tools/list'), () => legacy('no/such-method')]),
  alike('broken-body-without-token', LOGIN, [() => legacy('tools/list'), () => posted('{')]),
  alike('every-bad-token', INVALID_TOKEN, [
    (world) => ({ ...legacy('ping'), token: world.issuer.token({ exp: 1 }) }),
    (world) => ({ ...legacy('ping'), token: world.issuer.token({ aud: 'https://elsewhere.example' }) }),
    (world) => ({ ...legacy('ping'), token: world.issuer.token({ iss: 'https://elsewhere.example' }) }),
    (world) => ({ ...legacy('ping'), token: world.issuer.token({}, { kid: 'unknown' }) }),
    () => ({ ...legacy('ping'), token: 'opaque' }),
  ]),
  alike('existing-and-missing-object-low-token', WRITE, [
    (world) => ({ ...legacy('resources/read', { uri: 'files://tree/exists' }), token: low(world) }),
    (world) => ({ ...legacy('resources/read', { uri: 'files://tree/missing' }), token: low(world) }),
  ]),
  alike('hidden-tool-low-token', rpc(200, -32602), [
    (world) => ({ ...legacy('tools/call', { name: 'audit_items' }), token: low(world) }),
    (world) => ({ ...legacy('tools/call', { name: 'audit_nones' }), token: low(world) }),
  ]),
  alike('completion-argument-low-token', WRITE, [
    (world) => ({ ...complete('id'), token: low(world) }),
    (world) => ({ ...complete('no_such_argument'), token: low(world) }),
  ]),
  alike('caller-of-refusal', WRITE, [
    (world) => ({
      ...legacy('tools/call', { name: 'write_item' }),
      token: world.issuer.token({ scope: 'items:read', sub: 'ada' }),
    }),
    (world) => ({
      ...legacy('tools/call', { name: 'write_item' }),
      token: world.issuer.token({ scope: 'items:read', sub: 'admin' }),
    }),
  ]),
  {
    name: 'oracle/key-storm',
    async send(world) {
      const asked = world.issuer.requests.jwks
      const token = (n: number): string => world.issuer.token({}, { kid: `storm-${n}` })
      const answers = await Promise.all(
        Array.from({ length: 60 }, (_, n) => world.ask({ ...legacy('ping'), token: token(n) })),
      )
      const more = world.issuer.requests.jwks - asked
      const [last] = answers
      // One question now, and one more where the time between two of them ran out meanwhile.
      if (last === undefined || more > 2) throw new Error(`60 unknown keys made ${more} requests for the key set`)
      return last
    },
    expected: INVALID_TOKEN,
  },
]

/** What differs between two answers whatever was asked: when it was, and how many requests are left to whoever asks. */
const PASSING = new Set(['date', 'ratelimit'])

/** Requests that have to get the same answer, byte for byte but for that. */
function alike(name: string, expected: Expected, requests: readonly ((world: World) => RawRequest)[]): Attack {
  return {
    name: `oracle/${name}`,
    async send(world) {
      const answers: Answer[] = []
      for (const request of requests) answers.push(await world.ask(request(world)))
      const texts = new Set(
        answers.map(({ headers, ...rest }) => JSON.stringify([rest, headers.filter(([n]) => !PASSING.has(n))])),
      )
      const [first] = answers
      if (first === undefined || texts.size > 1) throw new Error(`the answers differ: ${[...texts].join(' and ')}`)
      return first
    },
    expected,
  }
}

export const access: readonly Attack[] = [...matrix, ...bypasses]
export const learning: readonly Attack[] = oracles
