import { gzipSync } from 'node:zlib'
import { type Attack, attacks, type Expected } from '../attack.js'
import { rpc } from '../expected.js'
import type { RawRequest } from '../http/request.js'
import { callWrite, posted } from './asks.js'

const CALL =
  '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"write_item","arguments":{"id":"one","text":"attacked"}}}'
const message = (changed: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({ ...JSON.parse(CALL), ...changed })
const batch = (...messages: readonly unknown[]): RawRequest =>
  posted(JSON.stringify(messages), { 'mcp-protocol-version': '2025-03-26' })
const typed = (type: string | null | readonly string[]): RawRequest => posted(CALL, { 'content-type': type })
const encodedAs = (encoding: string, body: string | Buffer = CALL): RawRequest =>
  posted(body, { 'content-encoding': encoding })
/** The arguments of a call, as text, with as many of these around them as it takes. */
const nested = (open: string, close: string, levels: number): RawRequest =>
  posted(CALL.replace('"attacked"', `${open.repeat(levels)}1${close.repeat(levels)}`))

const PARSE = rpc(400, -32700)
const INVALID = rpc(400, -32600)
const TYPE = rpc(415, -32600)
const LARGE = rpc(413, -32600)
const ARGUMENTS: Expected = { status: 200, error: 'tool-error' }

const id = (name: string): unknown => ({ jsonrpc: '2.0', id: name, method: 'ping' })

/** With a token that may do everything: what is wrong is the body. */
export const bodies: readonly Attack[] = attacks<[RawRequest, Expected]>(
  'body',
  [
    ['empty', posted(''), PARSE],
    ['space', posted(' '), PARSE],
    ['no-json', posted('let me in'), PARSE],
    ['cut', posted(CALL.slice(0, -1)), PARSE],
    ['trailing', posted(`${CALL}x`), PARSE],
    ['two-documents', posted(`${CALL}${CALL}`), PARSE],
    ['two-lines', posted(`${CALL}\n${CALL}`), PARSE],
    ['comment', posted(`/**/${CALL}`), PARSE],
    ['single-quotes', posted(CALL.replaceAll('"', "'")), PARSE],
    ['nan', posted(message({}).replace('"id":1', '"id":NaN')), PARSE],
    ['infinity', posted(message({}).replace('"id":1', '"id":Infinity')), PARSE],
    ['hexadecimal', posted(message({}).replace('"id":1', '"id":0x1')), PARSE],
    ['trailing-comma', posted(CALL.replace('}}}', ',}}}')), PARSE],
    ['xssi-prefix', posted(`)]}',\n${CALL}`), PARSE],
    ['utf-8-invalid', posted(Buffer.from(CALL.replace('attacked', 'att\xffacked'), 'latin1')), PARSE],
    ['utf-8-overlong', posted(Buffer.from(CALL.replace('attacked', '\xc0\xafattacked'), 'latin1')), PARSE],
    ['utf-8-surrogate', posted(Buffer.from(CALL.replace('attacked', '\xed\xa0\x80'), 'latin1')), PARSE],
    ['utf-16', posted(Buffer.from(CALL, 'utf16le')), PARSE],
    ['two-marks', posted(`\ufeff\ufeff${CALL}`), PARSE],
    ['null-bytes', posted(Buffer.alloc(1_000)), PARSE],
    ['control-character', posted(CALL.replace('attacked', 'a\u0001b')), PARSE],
    ['null', posted('null'), INVALID],
    ['true', posted('true'), INVALID],
    ['number', posted('1'), INVALID],
    ['text', posted(JSON.stringify(CALL)), INVALID],
    ['empty-object', posted('{}'), INVALID],
    ['deep-lists', nested('[', ']', 65), INVALID],
    ['deep-objects', nested('{"a":', '}', 65), INVALID],
    ['very-deep-lists', nested('[', ']', 100_000), INVALID],
    ['very-deep-objects', nested('{"a":', '}', 100_000), INVALID],
    ['very-deep-unclosed', posted('['.repeat(1_000_000)), PARSE],
    ['large', posted(message({ pad: 'x'.repeat(1_100_000) })), LARGE],
    ['large-claim', posted(CALL, { 'content-length': '99999999999' }), LARGE],
    ['many-keys', posted(message({ params: { name: 'write_item', arguments: keys(40_000) } })), ARGUMENTS],
    [
      'many-members',
      posted(message({ params: { name: 'write_item', arguments: { id: 'one', text: [...Array(100_000).keys()] } } })),
      ARGUMENTS,
    ],
    ['proto', posted(CALL.replace('"id":"one"', '"__proto__":{"id":"one"}')), INVALID],
    ['proto-escaped', posted(CALL.replace('"id":"one"', '"__pr\\u006fto__":{"id":"one"}')), INVALID],
    ['proto-in-list', posted(CALL.replace('"attacked"', '[{"__proto__":{}}]')), INVALID],
    ['proto-at-root', posted(CALL.replace(/^{/, '{"__proto__":{"admin":true},')), INVALID],
    ['proto-in-params', posted(CALL.replace('"params":{', '"params":{"__proto__":{"name":"erase_all"},')), INVALID],
    ['version-missing', posted(message({ jsonrpc: undefined })), INVALID],
    ['version-1', posted(message({ jsonrpc: '1.0' })), INVALID],
    ['version-number', posted(message({ jsonrpc: 2 })), INVALID],
    ['id-null', posted(message({ id: null })), INVALID],
    ['id-object', posted(message({ id: {} })), INVALID],
    ['id-list', posted(message({ id: [1] })), INVALID],
    ['id-true', posted(message({ id: true })), INVALID],
    ['id-fraction', posted(message({ id: 1.5 })), INVALID],
    ['method-missing', posted(message({ method: undefined })), INVALID],
    ['method-number', posted(message({ method: 1 })), INVALID],
    ['method-list', posted(message({ method: ['tools/call'] })), INVALID],
    ['method-case', posted(message({ method: 'Tools/Call' })), rpc(200, -32601)],
    ['method-space', posted(message({ method: 'tools/call ' })), rpc(200, -32601)],
    ['method-null-byte', posted(message({ method: 'tools/call\u0000' })), rpc(200, -32601)],
    ['method-proto', posted(message({ method: '__proto__' })), rpc(200, -32601)],
    ['method-constructor', posted(message({ method: 'constructor' })), rpc(200, -32601)],
    ['method-long', posted(message({ method: 'x'.repeat(100_000) })), rpc(200, -32601)],
    ['params-list', posted(message({ params: ['write_item'] })), INVALID],
    ['params-text', posted(message({ params: 'write_item' })), INVALID],
    ['params-missing', posted(message({ params: undefined })), rpc(200, -32602)],
    ['params-name-list', posted(message({ params: { name: ['write_item'] } })), rpc(200, -32602)],
    ['params-name-object', posted(message({ params: { name: { toString: 'write_item' } } })), rpc(200, -32602)],
    ['arguments-list', posted(message({ params: { name: 'write_item', arguments: [] } })), rpc(200, -32602)],
    ['arguments-text', posted(message({ params: { name: 'write_item', arguments: 'x' } })), rpc(200, -32602)],
    ['result-and-method', posted(message({ result: {} })), INVALID],
    ['type-text', typed('text/plain'), TYPE],
    ['type-form', typed('application/x-www-form-urlencoded'), TYPE],
    ['type-multipart', typed('multipart/form-data; boundary=x'), TYPE],
    ['type-json-suffix', typed('application/vnd.x+json'), TYPE],
    ['type-json-text', typed('text/json'), TYPE],
    ['type-json-sequence', typed('application/json-seq'), TYPE],
    ['type-jsonp', typed('application/jsonp'), TYPE],
    ['type-two', typed('text/plain, application/json'), TYPE],
    ['type-parameter', typed('text/plain; application/json'), TYPE],
    ['type-missing', typed(null), TYPE],
    ['type-empty', typed(''), TYPE],
    ['type-broken', typed('application/json/x'), TYPE],
    ['gzip', encodedAs('gzip', gzipSync(CALL)), TYPE],
    ['gzip-bomb', encodedAs('gzip', gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20))), TYPE],
    ['gzip-claimed', encodedAs('gzip'), TYPE],
    ['deflate', encodedAs('deflate'), TYPE],
    ['brotli', encodedAs('br'), TYPE],
    ['zstd', encodedAs('zstd'), TYPE],
    ['encoded-twice', encodedAs('identity, gzip'), TYPE],
    ['encoding-unknown', encodedAs('x'), TYPE],
    ['batch-later-revision', posted(`[${CALL}]`), INVALID],
    ['batch-empty', batch(), INVALID],
    ['batch-long', batch(...Array.from({ length: 101 }, (_, n) => id(String(n)))), INVALID],
    ['batch-huge', batch(...Array.from({ length: 20_000 }, (_, n) => id(String(n)))), INVALID],
    ['batch-same-id', batch(id('a'), { ...JSON.parse(CALL), id: 'a' }), INVALID],
    [
      'batch-cancels-itself',
      batch(JSON.parse(CALL), { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } }),
      INVALID,
    ],
    ['batch-in-batch', batch([JSON.parse(CALL)]), INVALID],
    ['batch-of-nothing', batch(null, 1, 'x'), INVALID],
  ],
  (request: RawRequest, expected: Expected) => ({
    send: (world) => world.ask({ ...request, token: world.issuer.token() }),
    expected,
  }),
)

/** Headers of revision 2026-07-28 that say something else than the body. The body decides, and the lie is refused. */
export const mirrors: readonly Attack[] = attacks<[NonNullable<RawRequest['headers']>, Expected]>(
  'mirror',
  [
    ['name-harmless', { 'mcp-name': 'read_item' }, rpc(400, -32020)],
    ['name-missing', { 'mcp-name': null }, rpc(400, -32020)],
    ['name-empty', { 'mcp-name': '' }, rpc(400, -32020)],
    ['name-case', { 'mcp-name': 'Write_Item' }, rpc(400, -32020)],
    ['name-twice', { 'mcp-name': ['read_item', 'write_item'] }, rpc(400, -32020)],
    ['name-prefix', { 'mcp-name': 'write_item2' }, rpc(400, -32020)],
    ['method-harmless', { 'mcp-method': 'tools/list' }, rpc(400, -32020)],
    ['method-missing', { 'mcp-method': null }, rpc(400, -32020)],
    ['method-empty', { 'mcp-method': '' }, rpc(400, -32020)],
    ['method-case', { 'mcp-method': 'Tools/Call' }, rpc(400, -32020)],
    ['method-twice', { 'mcp-method': ['tools/list', 'tools/call'] }, rpc(400, -32020)],
    ['version-missing', { 'mcp-protocol-version': null }, rpc(400, -32020)],
    ['version-older', { 'mcp-protocol-version': '2025-11-25' }, rpc(400, -32020)],
    ['version-unknown', { 'mcp-protocol-version': '2099-01-01' }, rpc(400, -32020)],
    ['version-text', { 'mcp-protocol-version': 'latest' }, rpc(400, -32020)],
    ['version-twice', { 'mcp-protocol-version': ['2026-07-28', '2025-11-25'] }, rpc(400, -32020)],
  ],
  (headers: NonNullable<RawRequest['headers']>, expected: Expected) => ({
    send: (world) => {
      const call = callWrite()
      return world.ask({ ...call, headers: { ...call.headers, ...headers }, token: world.issuer.token() })
    },
    expected,
  }),
)

function keys(count: number): Readonly<Record<string, number>> {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, n]))
}
