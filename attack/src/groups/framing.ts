import { type Attack, attacks, type Expected } from '../attack.js'
import { INVALID_TOKEN, LOGIN, MISDIRECTED, NOT_FOUND, ORIGIN } from '../expected.js'
import { type Answer, NOTHING } from '../http/answer.js'
import { exchange } from '../http/exchange.js'
import { bytesOf, HOST, legacy, type RawRequest } from '../http/request.js'
import { callWriteLegacy } from './asks.js'

/** Everything on the connection; what should not be carried out stands in the second place. */
type Wire = (token: string) => readonly (string | Buffer)[]

const UNREADABLE: Expected = { status: 400, error: 'invalid_request' }
const TOO_LONG: Expected = { status: 431, error: 'invalid_request' }
/** The connection ends without a word. */
const CUT: Expected = { status: 0 }

const BODY = String(callWriteLegacy().body)
const head = (token: string, ...lines: readonly string[]): string =>
  [
    'POST /mcp HTTP/1.1',
    `Host: ${HOST}`,
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    'Accept: application/json, text/event-stream',
    ...lines,
    '',
    '',
  ].join('\r\n')
/** A whole request that would be carried out if somebody took it for one. */
const inner = (token: string): Buffer => bytesOf({ ...callWriteLegacy(), token })
const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`

/** Lines that leave open where the body ends, and behind it a request that is none of the sender's. */
const ambiguous =
  (...lines: readonly string[]): Wire =>
  (token) => [head('x', ...lines), '0\r\n\r\n', inner(token)]
/** A body in chunks that somebody could read otherwise. */
const chunked =
  (write: (body: string) => string): Wire =>
  (token) => [head(token, 'Transfer-Encoding: chunked', 'Connection: close'), write(BODY)]
const raw =
  (text: string): Wire =>
  (token) => [text, inner(token)]
/** Nothing behind it: Node reads these as HTTP/0.9, which ends the connection while the answer is on its way. */
const alone =
  (text: string): Wire =>
  () => [text]
const asked =
  (request: RawRequest): Wire =>
  () => [bytesOf({ ...callWriteLegacy(), ...request })]

const LENGTH = 'Content-Length: 4'
const CHUNKED = 'Transfer-Encoding: chunked'

const frames: readonly Attack[] = attacks<[Wire, Expected]>(
  'framing',
  [
    ['length-and-chunked', ambiguous(LENGTH, CHUNKED), UNREADABLE],
    ['chunked-and-length', ambiguous(CHUNKED, LENGTH), UNREADABLE],
    ['chunked-and-length-zero', ambiguous(CHUNKED, 'Content-Length: 0'), UNREADABLE],
    ['chunked-spaced-and-length', ambiguous('Transfer-Encoding : chunked', LENGTH), UNREADABLE],
    ['chunked-tabbed-and-length', ambiguous('Transfer-Encoding:\tchunked', LENGTH), UNREADABLE],
    ['chunked-folded-and-length', ambiguous('Transfer-Encoding:', ' chunked', LENGTH), UNREADABLE],
    ['chunked-newline-and-length', ambiguous(`X: x\n${CHUNKED}`, LENGTH), UNREADABLE],
    ['chunked-vertical-tab', ambiguous('Transfer-Encoding: \u000bchunked', LENGTH), UNREADABLE],
    ['chunked-unknown', ambiguous('Transfer-Encoding: xchunked'), UNREADABLE],
    ['chunked-then-identity', ambiguous('Transfer-Encoding: chunked, identity'), UNREADABLE],
    ['chunked-then-gzip', ambiguous('Transfer-Encoding: chunked, gzip'), UNREADABLE],
    ['chunked-in-quotes', ambiguous('Transfer-Encoding: "chunked"'), UNREADABLE],
    ['chunked-with-parameter', ambiguous('Transfer-Encoding: chunked;x=1'), UNREADABLE],
    ['identity-and-length', ambiguous('Transfer-Encoding: identity', LENGTH), UNREADABLE],
    ['encoding-twice', ambiguous('Transfer-Encoding: identity', CHUNKED, LENGTH), UNREADABLE],
    ['length-twice', ambiguous(LENGTH, 'Content-Length: 5'), UNREADABLE],
    ['length-twice-equal', ambiguous(LENGTH, LENGTH), UNREADABLE],
    ['length-list', ambiguous('Content-Length: 4, 4'), UNREADABLE],
    ['length-plus', ambiguous('Content-Length: +4'), UNREADABLE],
    ['length-minus', ambiguous('Content-Length: -4'), UNREADABLE],
    ['length-hexadecimal', ambiguous('Content-Length: 0x4'), UNREADABLE],
    ['length-exponent', ambiguous('Content-Length: 4e0'), UNREADABLE],
    ['length-fraction', ambiguous('Content-Length: 4.0'), UNREADABLE],
    ['length-text', ambiguous('Content-Length: four'), UNREADABLE],
    ['length-empty', ambiguous('Content-Length:'), UNREADABLE],
    ['length-overflow', ambiguous('Content-Length: 18446744073709551620'), UNREADABLE],
    ['length-space-inside', ambiguous('Content-Length: 4 4'), UNREADABLE],
    ['length-space-before-colon', ambiguous('Content-Length : 4'), UNREADABLE],
    ['length-null-byte', ambiguous('Content-Length: 4\u0000'), UNREADABLE],
    ['name-with-space', ambiguous('Content Length: 4'), UNREADABLE],
    ['name-empty', ambiguous(': 4'), UNREADABLE],
    ['no-colon', ambiguous('Content-Length'), UNREADABLE],
    ['bare-newline-ends-header', ambiguous('X: x\n\n'), UNREADABLE],
    ['chunk-size-text', chunked((body) => `zz\r\n${body}\r\n0\r\n\r\n`), UNREADABLE],
    ['chunk-size-negative', chunked((body) => `-${chunk(body)}0\r\n\r\n`), UNREADABLE],
    ['chunk-size-hexadecimal', chunked((body) => `0x${chunk(body)}0\r\n\r\n`), UNREADABLE],
    ['chunk-size-overflow', chunked((body) => `fffffffffffffffff\r\n${body}\r\n0\r\n\r\n`), UNREADABLE],
    ['chunk-size-empty', chunked((body) => `\r\n${body}\r\n0\r\n\r\n`), UNREADABLE],
    ['chunk-size-space', chunked((body) => ` ${chunk(body)}0\r\n\r\n`), UNREADABLE],
    ['chunk-too-long', chunked((body) => `${(body.length - 1).toString(16)}\r\n${body}\r\n0\r\n\r\n`), UNREADABLE],
    ['chunk-bare-newline', chunked((body) => `${body.length.toString(16)}\n${body}\n0\n\n`), UNREADABLE],
    ['chunk-extension-newline', chunked((body) => `${body.length.toString(16)};x=\n${body}\r\n0\r\n\r\n`), UNREADABLE],
    [
      'chunk-extension-long',
      chunked((body) => `${body.length.toString(16)};${'x'.repeat(40_000)}\r\n${body}\r\n0\r\n\r\n`),
      UNREADABLE,
    ],
    ['trailer-long', chunked((body) => `${chunk(body)}0\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`), TOO_LONG],
    ['version-0.9', alone('GET /mcp\r\n\r\n'), MISDIRECTED],
    ['version-2-preface', raw('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), UNREADABLE],
    ['version-3', raw(`POST /mcp HTTP/3.0\r\nHost: ${HOST}\r\n\r\n`), UNREADABLE],
    ['version-lower', raw(`POST /mcp http/1.1\r\nHost: ${HOST}\r\n\r\n`), UNREADABLE],
    ['version-missing', alone(`POST /mcp\r\nHost: ${HOST}\r\n\r\n`), LOGIN],
    ['method-space', raw(`PO ST /mcp HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`), UNREADABLE],
    ['method-null-byte', raw(`POST\u0000 /mcp HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`), UNREADABLE],
    ['method-unknown', raw(`STEAL /mcp HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`), UNREADABLE],
    ['method-lower', raw(`post /mcp HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`), UNREADABLE],
    ['target-missing', raw(`POST HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`), UNREADABLE],
    ['target-newline', alone(`POST /mcp\nX: x HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`), LOGIN],
    ['target-tab', raw(`POST /mcp\tHTTP/1.1\r\nHost: ${HOST}\r\n\r\n`), UNREADABLE],
    ['target-long', raw(`POST /mcp?${'x'.repeat(20_000)} HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`), TOO_LONG],
    ['tls', raw('\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003'), UNREADABLE],
    ['smtp', raw('EHLO evil.example\r\n'), UNREADABLE],
    ['header-long', (token) => [head(token, `X: ${'x'.repeat(20_000)}`), inner(token)], TOO_LONG],
    ['header-name-long', (token) => [head(token, `${'x'.repeat(20_000)}: x`), inner(token)], TOO_LONG],
    ['headers-many', (token) => [head(token, 'Connection: close', ...Array(10_000).fill('a:'))], TOO_LONG],
    ['second-host-behind-many', behindMany('Host: evil.example'), TOO_LONG],
    ['second-token-behind-many', behindMany('Authorization: Bearer x'), TOO_LONG],
    ['origin-behind-many', behindMany('Origin: https://evil.example'), TOO_LONG],
    ['connect', raw('CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n'), CUT],
    ['upgrade-websocket', asked({ headers: { connection: 'upgrade, close', upgrade: 'websocket' } }), LOGIN],
    [
      'upgrade-h2c',
      asked({
        headers: { connection: 'upgrade, http2-settings, close', upgrade: 'h2c', 'http2-settings': 'AAMAAABkAAQAAP__' },
      }),
      LOGIN,
    ],
    ['hop-by-hop-authorization', asked({ headers: { connection: 'close, authorization' } }), LOGIN],
    ['expect-unknown', asked({ headers: { expect: 'the-spanish-inquisition' } }), { status: 417 }],
    ['expect-continue', asked({ headers: { expect: '100-continue' } }), LOGIN],
    ['asterisk-form', asked({ method: 'OPTIONS', target: '*' }), NOT_FOUND],
    ['authority-form', asked({ target: 'evil.example:443' }), UNREADABLE],
    [
      'body-of-get',
      (token) => [bytesOf({ ...callWriteLegacy(), method: 'GET', token })],
      { status: 405, error: 'method_not_allowed' },
    ],
  ],
  (wire, expected) => ({
    async send({ target, issuer }) {
      return worst(await exchange(target.port, ...wire(issuer.token())))
    },
    expected,
  }),
)

/** A line that Node would drop, because so many stand before it. */
function behindMany(line: string): Wire {
  const many = Array<string>(2_000).fill('a:')
  return (token) => [head(token, `Content-Length: ${BODY.length}`, 'Connection: close', ...many, line) + BODY]
}

/** Harmless requests of somebody with a token, and in the same packet one without. */
function pipelined(last: RawRequest): Wire {
  return (token) => [
    Buffer.concat([
      ...Array.from({ length: 5 }, () =>
        bytesOf({
          ...legacy('ping'),
          token,
          headers: { connection: 'keep-alive', 'mcp-protocol-version': '2025-11-25' },
        }),
      ),
      bytesOf({ ...callWriteLegacy(), ...last }),
    ]),
  ]
}

/** What was carried out counts, and otherwise what was said first. */
function worst(answers: readonly Answer[]): Answer {
  return answers.find(({ status }) => status >= 200 && status < 300) ?? answers[0] ?? NOTHING
}

/** In one packet with requests of somebody who may make them. */
const pipelines: readonly Attack[] = attacks<[RawRequest, Expected]>(
  'pipeline',
  [
    ['without-token', {}, LOGIN],
    ['bad-token', { token: 'x' }, INVALID_TOKEN],
    ['other-host', { headers: { host: 'evil.example' } }, MISDIRECTED],
    ['other-origin', { headers: { origin: 'https://evil.example' } }, ORIGIN],
  ],
  (last, expected) => ({
    async send({ target, issuer }) {
      const answers = await exchange(target.port, ...pipelined(last)(issuer.token()))
      return answers[5] ?? NOTHING
    },
    expected,
  }),
)

export const framing: readonly Attack[] = [...frames, ...pipelines]
