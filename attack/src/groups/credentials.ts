import { type Attack, attacks, type Expected } from '../attack.js'
import { INVALID_TOKEN, LOGIN } from '../expected.js'
import type { RawRequest } from '../http/request.js'
import { callWrite } from './asks.js'

type Present = (token: string) => RawRequest

const header =
  (write: (token: string) => string | readonly string[]): Present =>
  (token) => ({ headers: { authorization: write(token) } })
const elsewhere =
  (headers: (token: string) => NonNullable<RawRequest['headers']>): Present =>
  (token) => ({ headers: headers(token) })

const TOO_LARGE: Expected = { status: 431, error: 'invalid_request' }
const UNREADABLE: Expected = { status: 400, error: 'invalid_request' }

/** A good token, presented in a way that is none. */
export const credentials: readonly Attack[] = attacks<[Present, Expected]>(
  'credentials',
  [
    ['none', () => ({}), LOGIN],
    ['empty', header(() => ''), LOGIN],
    ['spaces', header(() => '   '), LOGIN],
    ['scheme-alone', header(() => 'Bearer'), INVALID_TOKEN],
    ['scheme-and-space', header(() => 'Bearer '), INVALID_TOKEN],
    ['no-scheme', header((token) => token), LOGIN],
    ['basic', header((token) => `Basic ${Buffer.from(`${token}:`).toString('base64')}`), LOGIN],
    ['dpop', header((token) => `DPoP ${token}`), LOGIN],
    ['token-scheme', header((token) => `Token ${token}`), LOGIN],
    ['digest', header((token) => `Digest username="${token}"`), LOGIN],
    ['negotiate', header((token) => `Negotiate ${token}`), LOGIN],
    ['scheme-colon', header((token) => `Bearer: ${token}`), LOGIN],
    ['scheme-plural', header((token) => `Bearers ${token}`), LOGIN],
    ['scheme-twice', header((token) => `Bearer Bearer ${token}`), INVALID_TOKEN],
    ['tab', header((token) => `Bearer\t${token}`), LOGIN],
    ['tab-after-space', header((token) => `Bearer \t${token}`), INVALID_TOKEN],
    ['no-break-space', header((token) => `Bearer\u00a0${token}`), LOGIN],
    ['space-inside', header((token) => `Bearer ${token.slice(0, 20)} ${token.slice(20)}`), INVALID_TOKEN],
    ['quoted', header((token) => `Bearer "${token}"`), INVALID_TOKEN],
    ['parameter', header((token) => `Bearer token=${token}`), INVALID_TOKEN],
    ['parameter-after', header((token) => `Bearer ${token}, realm="x"`), INVALID_TOKEN],
    ['two-in-one', header((token) => `Bearer ${token}, Bearer ${token}`), INVALID_TOKEN],
    ['two-schemes-in-one', header((token) => `Basic eDp5, Bearer ${token}`), LOGIN],
    ['two-headers', header((token) => [`Bearer ${token}`, `Bearer ${token}`]), INVALID_TOKEN],
    ['two-headers-good-first', header((token) => [`Bearer ${token}`, 'Bearer x']), INVALID_TOKEN],
    ['two-headers-good-last', header((token) => ['Bearer x', `Bearer ${token}`]), INVALID_TOKEN],
    ['two-headers-other-scheme', header((token) => ['Basic eDp5', `Bearer ${token}`]), INVALID_TOKEN],
    [
      'two-headers-other-case',
      (token) => ({ lines: [`AUTHORIZATION: Bearer ${token}`], headers: { authorization: `Bearer ${token}` } }),
      INVALID_TOKEN,
    ],
    ['two-headers-one-empty', header((token) => ['', `Bearer ${token}`]), INVALID_TOKEN],
    ['percent', header((token) => `Bearer ${token.replace('.', '%2e')}`), INVALID_TOKEN],
    ['latin1', header((token) => `Bearer ${token}\u00e9`), INVALID_TOKEN],
    ['padding', header((token) => `Bearer ${token}===`), INVALID_TOKEN],
    ['star', header(() => 'Bearer *'), INVALID_TOKEN],
    ['null-word', header(() => 'Bearer null'), INVALID_TOKEN],
    ['undefined-word', header(() => 'Bearer undefined'), INVALID_TOKEN],
    ['object-word', header(() => 'Bearer [object Object]'), INVALID_TOKEN],
    ['long', header(() => `Bearer ${'a'.repeat(9_000)}`), INVALID_TOKEN],
    ['very-long', header(() => `Bearer ${'a'.repeat(20_000)}`), TOO_LARGE],
    ['folded', (token) => ({ lines: ['Authorization: Bearer', ` ${token}`] }), UNREADABLE],
    ['folded-tab', (token) => ({ lines: ['X-Fold: a', `\tAuthorization: Bearer ${token}`] }), UNREADABLE],
    ['bare-carriage-return', (token) => ({ lines: [`X-A: a\rAuthorization: Bearer ${token}`] }), UNREADABLE],
    ['null-byte', header((token) => `Bearer ${token}\u0000`), UNREADABLE],
    ['delete-byte', header((token) => `Bearer ${token}\u007f`), UNREADABLE],
    ['space-before-colon', (token) => ({ lines: [`Authorization : Bearer ${token}`] }), UNREADABLE],
    ['underscore', elsewhere((token) => ({ http_authorization: `Bearer ${token}` })), LOGIN],
    ['proxy-authorization', elsewhere((token) => ({ 'proxy-authorization': `Bearer ${token}` })), LOGIN],
    ['x-authorization', elsewhere((token) => ({ 'x-authorization': `Bearer ${token}` })), LOGIN],
    ['x-forwarded-authorization', elsewhere((token) => ({ 'x-forwarded-authorization': `Bearer ${token}` })), LOGIN],
    ['x-original-authorization', elsewhere((token) => ({ 'x-original-authorization': `Bearer ${token}` })), LOGIN],
    ['x-api-key', elsewhere((token) => ({ 'x-api-key': token })), LOGIN],
    [
      'x-user',
      elsewhere(() => ({ 'x-forwarded-user': 'admin', 'x-remote-user': 'admin', 'x-auth-request-user': 'admin' })),
      LOGIN,
    ],
    [
      'x-client-certificate',
      elsewhere(() => ({ 'x-client-cert': 'CN=admin', 'x-ssl-client-verify': 'SUCCESS' })),
      LOGIN,
    ],
    ['session-header', elsewhere((token) => ({ 'mcp-session-id': token })), LOGIN],
    ['query', (token) => ({ target: `/mcp?access_token=${token}` }), LOGIN],
    ['query-other-name', (token) => ({ target: `/mcp?token=${token}&bearer=${token}` }), LOGIN],
    ['query-after-semicolon', (token) => ({ target: `/mcp?x;access_token=${token}` }), LOGIN],
    ['fragment', (token) => ({ target: `/mcp#access_token=${token}` }), LOGIN],
    [
      'form',
      (token) => ({ body: `access_token=${token}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
      LOGIN,
    ],
    ['body', (token) => ({ body: JSON.stringify({ ...call(), access_token: token }) }), LOGIN],
    [
      'body-meta',
      (token) => ({ body: JSON.stringify({ ...call(), _meta: { authorization: `Bearer ${token}` } }) }),
      LOGIN,
    ],
    ['cookie', elsewhere((token) => ({ cookie: `access_token=${token}; Authorization=Bearer ${token}` })), LOGIN],
    ['websocket-protocol', elsewhere((token) => ({ 'sec-websocket-protocol': `bearer, ${token}` })), LOGIN],
    ['trailer', (token) => ({ ...trailing(`Authorization: Bearer ${token}`) }), LOGIN],
    [
      'user-in-target',
      (token) => ({ target: `https://${token}@attack.example/mcp` }),
      { status: 421, error: 'misdirected_request' },
    ],
  ],
  (present: Present, expected: Expected) => ({
    async send(world) {
      const call = callWrite()
      const presented = present(world.issuer.token())
      return world.ask({ ...call, ...presented, headers: { ...call.headers, ...presented.headers } })
    },
    expected,
  }),
)

function call(): Readonly<Record<string, unknown>> {
  return { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'write_item' } }
}

/** A body in chunks, with this line after it. */
function trailing(line: string): RawRequest {
  const body = JSON.stringify(call())
  return {
    body: `${body.length.toString(16)}\r\n${body}\r\n0\r\n${line}\r\n\r\n`,
    headers: { 'content-length': null, 'transfer-encoding': 'chunked', trailer: 'Authorization' },
  }
}
