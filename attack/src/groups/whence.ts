import { type Attack, attacks, type Expected } from '../attack.js'
import { BAD_REQUEST, LOGIN, MISDIRECTED, ORIGIN } from '../expected.js'
import { type Answer, valuesOf } from '../http/answer.js'
import type { RawRequest } from '../http/request.js'
import { callWrite } from './asks.js'

const host = (value: string | null | readonly string[]): RawRequest => ({ headers: { host: value } })

/** Pages and names that are not ours, with a token that is good: a browser of the user's might send just that. */
const origins: readonly Attack[] = attacks<[string]>(
  'origin',
  [
    ['foreign', 'https://evil.example'],
    ['null', 'null'],
    ['empty', ''],
    ['star', '*'],
    ['suffix', 'https://attack.example.evil.example'],
    ['prefix', 'https://evil-attack.example'],
    ['subdomain', 'https://x.attack.example'],
    ['http', 'http://attack.example'],
    ['port', 'https://attack.example:8443'],
    ['default-port-written', 'https://attack.example:443'],
    ['user', 'https://attack.example@evil.example'],
    ['path', 'https://attack.example/'],
    ['upper', 'HTTPS://ATTACK.EXAMPLE'],
    ['trailing-dot', 'https://attack.example.'],
    ['two-in-one', 'https://attack.example https://evil.example'],
    ['comma', 'https://attack.example, https://evil.example'],
    ['localhost', 'http://localhost:3000'],
    ['loopback', 'http://127.0.0.1'],
    ['loopback-v6', 'http://[::1]:3000'],
    ['file', 'file://'],
    ['extension', 'chrome-extension://abcdefghijklmnop'],
    ['data', 'data:text/html,x'],
    ['blob', 'blob:https://attack.example/x'],
    ['backslash', 'https:\\\\attack.example'],
    ['homograph', 'https://xn--ttack-6ve.example'],
    ['no-scheme', 'attack.example'],
    ['javascript', 'javascript://attack.example'],
  ],
  (value: string) => ({
    send: (world) => sendWith(world, { headers: { origin: value } }),
    expected: { ...ORIGIN, also: notReadable },
  }),
)

const hosts: readonly Attack[] = attacks<[RawRequest, Expected]>(
  'host',
  [
    ['rebinding', host('evil.example'), MISDIRECTED],
    ['rebinding-port', host('evil.example:443'), MISDIRECTED],
    ['address', host('127.0.0.1'), MISDIRECTED],
    ['localhost', host('localhost'), MISDIRECTED],
    ['suffix', host('attack.example.evil.example'), MISDIRECTED],
    ['subdomain', host('x.attack.example'), MISDIRECTED],
    ['trailing-dot', host('attack.example.'), MISDIRECTED],
    ['user', host('attack.example@evil.example'), MISDIRECTED],
    ['path', host('attack.example/x'), MISDIRECTED],
    ['space', host('attack.example evil.example'), MISDIRECTED],
    ['comma', host('attack.example,evil.example'), MISDIRECTED],
    ['backslash', host('attack.example\\evil.example'), MISDIRECTED],
    ['quote', host('attack.example"'), MISDIRECTED],
    ['port-text', host('attack.example:x'), MISDIRECTED],
    ['port-large', host('attack.example:99999999'), MISDIRECTED],
    ['two-ports', host('attack.example:80:evil.example'), MISDIRECTED],
    ['hexadecimal', host('0x7f000001'), MISDIRECTED],
    ['empty', host(''), MISDIRECTED],
    ['missing', host(null), { status: 400 }],
    ['missing-http-1.0', { version: '1.0', headers: { host: null } }, MISDIRECTED],
    ['two', host(['attack.example', 'evil.example']), BAD_REQUEST],
    ['two-other-order', host(['evil.example', 'attack.example']), BAD_REQUEST],
    ['two-equal', host(['attack.example', 'attack.example']), BAD_REQUEST],
    ['two-other-case', { lines: ['HOST: evil.example'] }, BAD_REQUEST],
    ['absolute-form', { target: 'https://evil.example/mcp' }, MISDIRECTED],
    ['absolute-form-user', { target: 'https://attack.example@evil.example/mcp' }, MISDIRECTED],
    [
      'absolute-form-good-host-foreign',
      { target: 'http://evil.example:80/mcp', headers: { host: 'attack.example' } },
      MISDIRECTED,
    ],
  ],
  (request: RawRequest, expected: Expected) => ({ send: (world) => sendWith(world, request), expected }),
)

/** What a proxy would say. Nobody's address is built from it. */
const forwarded: readonly Attack[] = attacks<[Readonly<Record<string, string>>]>(
  'forwarded',
  [
    ['host', { 'x-forwarded-host': 'evil.example' }],
    ['host-and-scheme', { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' }],
    ['scheme', { 'x-forwarded-proto': 'javascript' }],
    ['port', { 'x-forwarded-port': '6666' }],
    ['prefix', { 'x-forwarded-prefix': '/evil' }],
    ['server', { 'x-forwarded-server': 'evil.example', 'x-host': 'evil.example' }],
    ['standard', { forwarded: 'for=127.0.0.1;host=evil.example;proto=http' }],
    ['standard-injection', { forwarded: 'host="evil.example\\", resource_metadata=\\"https://evil.example"' }],
    ['original-url', { 'x-original-url': '/healthz', 'x-rewrite-url': '/healthz' }],
    ['address', { 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1', 'client-ip': '127.0.0.1' }],
    ['referer', { referer: 'https://evil.example/' }],
    ['via', { via: '1.1 evil.example' }],
  ],
  (headers: Readonly<Record<string, string>>) => ({
    send: (world) => {
      const call = callWrite()
      return world.ask({ ...call, headers: { ...call.headers, ...headers } })
    },
    expected: { ...LOGIN, also: ({ text, headers: answered }) => saysEvil(`${text}${JSON.stringify(answered)}`) },
  }),
)

export const whence: readonly Attack[] = [...origins, ...hosts, ...forwarded]

function sendWith(world: Parameters<Attack['send']>[0], request: RawRequest): ReturnType<Attack['send']> {
  const call = callWrite()
  return world.ask({
    token: world.issuer.token(),
    ...call,
    ...request,
    headers: { ...call.headers, ...request.headers },
  })
}

function notReadable(answer: Answer): string | undefined {
  return valuesOf(answer, 'access-control-allow-origin').length === 0 ? undefined : 'a page may read the answer'
}

function saysEvil(text: string): string | undefined {
  return /evil|6666|javascript/.test(text) ? 'the answer repeats what was claimed' : undefined
}
