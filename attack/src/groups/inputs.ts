import { type Attack, attacks, type Expected } from '../attack.js'
import { rpc } from '../expected.js'
import { legacy, modern, type RawRequest } from '../http/request.js'

type Arguments = Readonly<Record<string, unknown>>

const REFUSED: Expected = { status: 200, error: 'tool-error' }
const CR = 'a\r\nb'

/** With a token that may do everything: arguments that a schema has to stop before the handler. */
const write: readonly Attack[] = attacks<[Arguments]>(
  'arguments',
  [
    ['none', {}],
    ['extra', { id: 'one', text: 'x', isAdmin: true }],
    ['extra-constructor', { id: 'one', text: 'x', constructor: { prototype: { isAdmin: true } } }],
    ['extra-prototype', { id: 'one', text: 'x', prototype: { isAdmin: true } }],
    ['extra-to-string', { id: 'one', text: 'x', toString: 'x' }],
    ['extra-value-of', { id: 'one', text: 'x', valueOf: 'x', hasOwnProperty: true }],
    ['extra-thenable', JSON.parse('{"id":"one","text":"x","then":"x"}')],
    ['extra-to-json', { id: 'one', text: 'x', toJSON: 'x' }],
    ['extra-caller', { id: 'one', text: 'x', caller: { subject: 'admin' } }],
    ['extra-meta', { id: 'one', text: 'x', _meta: {} }],
    ['null', { id: null, text: null }],
    ['list', { id: ['one'], text: 'x' }],
    ['object', { id: { $ne: null }, text: 'x' }],
    ['object-to-string', { id: { toString: 'one' }, text: 'x' }],
    ['number', { id: 1, text: 'x' }],
    ['true', { id: true, text: 'x' }],
    ['empty', { id: '', text: 'x' }],
    ['sql', { id: "1' OR '1'='1", text: 'x' }],
    ['sql-comment', { id: '1; DROP TABLE items --', text: 'x' }],
    ['command', { id: '$(touch attacked)', text: 'x' }],
    ['command-backticks', { id: '`id`', text: 'x' }],
    ['command-pipe', { id: 'one|id', text: 'x' }],
    ['path', { id: '../../etc/passwd', text: 'x' }],
    ['path-windows', { id: '..\\..\\windows', text: 'x' }],
    ['template', { id: '{{7*7}}', text: 'x' }],
    ['template-literal', { id: `${'$'}{7*7}`, text: 'x' }],
    ['ldap', { id: '*)(uid=*', text: 'x' }],
    ['script', { id: '<script>alert(1)</script>', text: 'x' }],
    ['crlf', { id: CR, text: 'x' }],
    ['newline-at-end', { id: 'one\n', text: 'x' }],
    ['null-byte', { id: 'one\u0000', text: 'x' }],
    ['half-character', { id: '\ud800', text: 'x' }],
    ['full-width', { id: 'ｏｎｅ', text: 'x' }],
    ['escape-codes', { id: '\u001b[2J', text: 'x' }],
    ['right-to-left', { id: '\u202eeno', text: 'x' }],
    ['long', { id: 'a'.repeat(41), text: 'x' }],
    ['very-long', { id: 'a'.repeat(900_000), text: 'x' }],
    ['long-text', { id: 'one', text: 'x'.repeat(1_001) }],
    [
      'many-names',
      { id: 'one', text: 'x', ...Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`a${n}`, n])) },
    ],
    ['long-name', { id: 'one', text: 'x', ['n'.repeat(100_000)]: 1 }],
    ['name-with-crlf', { id: 'one', text: 'x', [CR]: 1 }],
    ['name-empty', { id: 'one', text: 'x', '': 1 }],
  ],
  (args) => ({
    send: (world) =>
      world.ask({ ...legacy('tools/call', { name: 'write_item', arguments: args }), token: world.issuer.token() }),
    expected: REFUSED,
  }),
)

const mail = (address: string): Arguments => ({ items: [{ kind: 'mail', address }] })
const link = (href: string): Arguments => ({ items: [{ kind: 'link', href }] })

/** What makes a careless pattern or a union try for ever. */
const bombs: readonly Attack[] = attacks<[Arguments]>(
  'bomb',
  [
    ['mail-long', mail(`${'a'.repeat(200_000)}@`)],
    ['mail-dots', mail(`${'a.'.repeat(100_000)}@example.com`)],
    ['mail-labels', mail(`a@${'a.'.repeat(100_000)}`)],
    ['mail-hyphens', mail(`a@${'a-'.repeat(100_000)}`)],
    ['mail-plus', mail(`${'+'.repeat(200_000)}!`)],
    ['link-colons', link(`http://${':'.repeat(200_000)}`)],
    ['link-slashes', link('/'.repeat(200_000))],
    ['link-labels', link(`http://${'a.'.repeat(100_000)}<`)],
    ['link-brackets', link(`http://[${'0:'.repeat(100_000)}`)],
    ['time-digits', { items: [], since: '0'.repeat(200_000) }],
    ['time-fraction', { items: [], since: `2026-01-01T00:00:00.${'0'.repeat(200_000)}x` }],
    ['union-many', { items: Array.from({ length: 100 }, () => ({ kind: 'none', x: 'x'.repeat(1_000) })) }],
    ['union-too-many', { items: Array.from({ length: 10_000 }, () => ({ kind: 'none' })) }],
    [
      'record-many',
      {
        items: [
          {
            kind: 'tags',
            tags: Object.fromEntries(Array.from({ length: 30_000 }, (_, n) => [`${'t'.repeat(21)}${n}`, 'x'])),
          },
        ],
      },
    ],
    ['record-constructor', { items: [{ kind: 'tags', tags: { constructor: {}, toString: 1 } }] }],
    ['number-huge', { items: [], amount: 1e308 }],
    ['number-fraction', { items: [], amount: 1.5 }],
    ['number-text', { items: [], amount: '1' }],
    ['number-negative', { items: [], amount: -1 }],
  ],
  (args) => ({
    send: (world) =>
      world.ask({ ...legacy('tools/call', { name: 'import_items', arguments: args }), token: world.issuer.token() }),
    expected: REFUSED,
  }),
)

/** The same for what the server itself reads before it decides. */
const readers: readonly Attack[] = attacks<[RawRequest, Expected]>(
  'reader',
  [
    [
      'number-infinite',
      {
        body: '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"import_items","arguments":{"items":[],"amount":1e999}}}',
      },
      REFUSED,
    ],
    ['uri-slashes', legacy('resources/read', { uri: `files://tree/${'/'.repeat(200_000)}` }), rpc(200, -32002)],
    ['uri-percent', legacy('resources/read', { uri: `files://tree/${'%41'.repeat(100_000)}` }), rpc(200, -32002)],
    ['uri-scheme', legacy('resources/read', { uri: 'a'.repeat(200_000) }), rpc(200, -32002)],
    [
      'completion-uri',
      legacy('completion/complete', {
        ref: { type: 'ref/resource', uri: '{'.repeat(200_000) },
        argument: { name: 'a', value: '' },
      }),
      rpc(200, -32602),
    ],
    ['meta-version-object', withMeta({ 'io.modelcontextprotocol/protocolVersion': {} }), rpc(400, -32602)],
    [
      'meta-version-long',
      withMeta({ 'io.modelcontextprotocol/protocolVersion': 'x'.repeat(100_000) }),
      rpc(400, -32020),
    ],
    ['meta-version-missing', withMeta({ 'io.modelcontextprotocol/protocolVersion': undefined }), rpc(400, -32602)],
    [
      'meta-capabilities-missing',
      withMeta({ 'io.modelcontextprotocol/clientCapabilities': undefined }),
      rpc(400, -32602),
    ],
    [
      'meta-list',
      { ...modern('tools/list'), body: '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":[]}}' },
      rpc(400, -32600),
    ],
  ],
  (request, expected) => ({
    send: (world) =>
      world.ask({
        ...request,
        headers: { 'mcp-protocol-version': '2025-11-25', ...request.headers },
        token: world.issuer.token(),
      }),
    expected,
  }),
)

function withMeta(changed: Arguments): RawRequest {
  const call = modern('tools/call', { name: 'write_item', arguments: { id: 'one', text: 'x' } })
  const body = JSON.parse(String(call.body))
  body.params._meta = { ...body.params._meta, ...changed }
  return { ...call, body: JSON.stringify(body) }
}

/** With a token that may read every file: addresses of what is none. */
const addresses: readonly Attack[] = attacks<[string]>(
  'uri',
  [
    ['up', 'files://tree/../etc/passwd'],
    ['up-in-between', 'files://tree/a/../../etc/passwd'],
    ['up-at-end', 'files://tree/a/..'],
    ['up-encoded', 'files://tree/%2e%2e/etc/passwd'],
    ['up-half-encoded', 'files://tree/.%2e/etc/passwd'],
    ['up-encoded-slash', 'files://tree/..%2fetc%2fpasswd'],
    ['slash-encoded', 'files://tree/a%2fb'],
    ['slash-encoded-upper', 'files://tree/a%2Fb'],
    ['here', 'files://tree/./a'],
    ['here-encoded', 'files://tree/%2e/a'],
    ['backslash', 'files://tree/..\\etc'],
    ['backslash-encoded', 'files://tree/..%5cetc'],
    ['null-byte', 'files://tree/a%00.txt'],
    ['newline', 'files://tree/a%0ab'],
    ['delete', 'files://tree/a%7fb'],
    ['overlong', 'files://tree/%c0%ae%c0%ae/etc/passwd'],
    ['not-utf-8', 'files://tree/%ff'],
    ['broken-encoding', 'files://tree/%zz'],
    ['absolute', 'files://tree//etc/passwd'],
    ['empty', 'files://tree/'],
    ['empty-at-end', 'files://tree/a/'],
    ['none', 'files://tree'],
    ['other-root', 'files://root/etc/passwd'],
    ['other-scheme', 'file:///etc/passwd'],
    ['upper-scheme', 'FILES://tree/a'],
    ['upper-host', 'files://TREE/a'],
    ['user', 'files://x@tree/a'],
    ['port', 'files://tree:1/a'],
    ['query', 'files://tree/a?x'],
    ['fragment', 'files://tree/a#x'],
    ['space', 'files://tree/a b'],
    ['unicode', 'files://tree/é'],
    ['one-dot-leader', 'files://tree/\u2025/etc'],
    ['fraction-slash', 'files://tree/..\u2044etc'],
    ['template-itself', 'files://tree/{+path}'],
    ['long', `files://tree/${'a/'.repeat(2_000)}a`],
    ['https', 'https://evil.example/'],
    ['metadata-service', 'http://169.254.169.254/latest/meta-data/'],
    ['javascript', 'javascript:alert(1)'],
    ['data', 'data:text/plain,x'],
    ['empty-uri', ''],
    ['item-two-parts', 'items://item/a/b'],
    ['item-template', 'items://item/{id}'],
    ['item-encoded-up', 'items://item/%2e%2e'],
  ],
  (uri) => ({
    send: (world) => world.ask({ ...legacy('resources/read', { uri }), token: world.issuer.token() }),
    expected: rpc(200, -32002),
  }),
)

export const inputs: readonly Attack[] = [...write, ...bombs, ...readers]
export const uris: readonly Attack[] = addresses
