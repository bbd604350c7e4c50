import { createHmac } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { type Attack, attacks } from '../attack.js'
import { INVALID_TOKEN } from '../expected.js'
import { RESOURCE } from '../http/request.js'
import type { HostileIssuer } from '../world/hostile-issuer.js'
import { createKey, encoded, hmacSigned, jwkOf, pemOf, type SigningKey } from '../world/keys.js'
import type { World } from '../world/world.js'
import { callWrite } from './asks.js'

type Forge = (issuer: HostileIssuer, world: World) => string

/** The keys of somebody whom nobody trusts. */
const OWN: SigningKey = createKey('ES256')
const OWN_RSA: SigningKey = createKey('RS256')

const now = (): number => Math.floor(Date.now() / 1000)
const parts = (token: string): [string, string, string] => {
  const [header = '', payload = '', signature = ''] = token.split('.')
  return [header, payload, signature]
}
const unsigned = (issuer: HostileIssuer, alg: unknown, signature = ''): string =>
  `${encoded({ ...issuer.header(), alg })}.${encoded(issuer.claims())}.${signature}`
const header =
  (changed: Readonly<Record<string, unknown>>, key?: (issuer: HostileIssuer) => SigningKey): Forge =>
  (issuer) =>
    issuer.token({}, changed, key?.(issuer))
const claim =
  (changed: Readonly<Record<string, unknown>>): Forge =>
  (issuer) =>
    issuer.token(changed)
/** Good claims as text, with something written over. */
const claimText =
  (change: (text: string) => string): Forge =>
  (issuer) =>
    issuer.sign(issuer.header(), change(JSON.stringify(issuer.claims())))
const named =
  (changed: (issuer: string) => unknown): Forge =>
  (issuer) =>
    issuer.token({ iss: changed(issuer.issuer) })
const hmac =
  (secret: (issuer: HostileIssuer) => string | Buffer, alg = 'HS256', hash = 'sha256'): Forge =>
  (issuer) =>
    hmacSigned({ ...issuer.header(), alg }, issuer.claims(), secret(issuer), hash)
/** Signed by ourselves, with a header that says where our key is. */
const ownKey =
  (changed: (world: World) => Readonly<Record<string, unknown>>): Forge =>
  (issuer, world) =>
    issuer.sign(issuer.header(changed(world), OWN), issuer.claims(), OWN)

const ALGORITHM: readonly (readonly [string, Forge])[] = [
  ['alg-none', (issuer) => unsigned(issuer, 'none')],
  ['alg-none-capital', (issuer) => unsigned(issuer, 'None')],
  ['alg-none-upper', (issuer) => unsigned(issuer, 'NONE')],
  ['alg-none-mixed', (issuer) => unsigned(issuer, 'nOnE')],
  ['alg-none-with-signature', (issuer) => unsigned(issuer, 'none', parts(issuer.token())[2])],
  ['alg-empty', (issuer) => unsigned(issuer, '')],
  ['alg-missing', header({ alg: undefined })],
  ['alg-null', header({ alg: null })],
  ['alg-number', header({ alg: 256 })],
  ['alg-list', header({ alg: ['ES256'] })],
  ['alg-object', header({ alg: { name: 'ES256' } })],
  ['alg-lower', header({ alg: 'es256' })],
  ['alg-space', header({ alg: 'ES256 ' })],
  ['alg-unknown', header({ alg: 'ES257' })],
  ['alg-proto', header({ alg: '__proto__' })],
  ['alg-es256k', header({ alg: 'ES256K' })],
  ['alg-es384-over-es256', header({ alg: 'ES384' })],
  ['alg-rs256-over-es256', header({ alg: 'RS256' })],
  ['alg-ps256-over-rs256', header({ alg: 'PS256' }, (issuer) => issuer.rs)],
  ['alg-rs512-over-rs256', header({ alg: 'RS512' }, (issuer) => issuer.rs)],
  ['alg-rs1', header({ alg: 'RS1' }, (issuer) => issuer.rs)],
  ['alg-eddsa-over-es256', header({ alg: 'EdDSA' })],
  ['hmac-public-key-pem', hmac((issuer) => pemOf(issuer.rs))],
  ['hmac-public-key-pem-trimmed', hmac((issuer) => pemOf(issuer.rs).trim())],
  ['hmac-public-key-pem-of-es256', hmac((issuer) => pemOf(issuer.es))],
  ['hmac-public-key-der', hmac((issuer) => issuer.rs.publicKey.export({ format: 'der', type: 'spki' }))],
  ['hmac-public-key-jwk', hmac((issuer) => JSON.stringify(jwkOf(issuer.rs)))],
  ['hmac-modulus', hmac((issuer) => String(jwkOf(issuer.rs).n))],
  ['hmac-kid', hmac((issuer) => issuer.es.kid)],
  ['hmac-empty', hmac(() => '')],
  ['hmac-secret', hmac(() => 'secret')],
  ['hmac-issuer', hmac((issuer) => issuer.issuer)],
  ['hmac-hs384', hmac((issuer) => pemOf(issuer.rs), 'HS384', 'sha384')],
  ['hmac-hs512', hmac((issuer) => pemOf(issuer.rs), 'HS512', 'sha512')],
  ['hmac-called-rs256', hmac((issuer) => pemOf(issuer.rs), 'RS256')],
]

const SIGNATURE: readonly (readonly [string, Forge])[] = [
  ['signature-empty', (issuer) => `${parts(issuer.token()).slice(0, 2).join('.')}.`],
  ['signature-missing', (issuer) => parts(issuer.token()).slice(0, 2).join('.')],
  [
    'signature-zero',
    (issuer) => `${parts(issuer.token()).slice(0, 2).join('.')}.${Buffer.alloc(64).toString('base64url')}`,
  ],
  [
    'signature-ones',
    (issuer) => `${parts(issuer.token()).slice(0, 2).join('.')}.${Buffer.alloc(64, 0xff).toString('base64url')}`,
  ],
  ['signature-short', (issuer) => issuer.token().slice(0, -12)],
  ['signature-long', (issuer) => `${issuer.token()}AAAA`],
  ['signature-of-another', (issuer) => `${parts(issuer.token()).slice(0, 2).join('.')}.${parts(issuer.token())[2]}`],
  [
    'claims-of-another',
    (issuer) => {
      const [head, , signature] = parts(issuer.token({ scope: '' }))
      return `${head}.${parts(issuer.token())[1]}.${signature}`
    },
  ],
  [
    'header-of-another',
    (issuer) => {
      const [, payload, signature] = parts(issuer.token())
      return `${parts(issuer.token({}, {}, issuer.rs))[0]}.${payload}.${signature}`
    },
  ],
  ['signature-by-stranger', (issuer) => issuer.sign(issuer.header(), issuer.claims(), OWN)],
  ['signature-by-stranger-rsa', (issuer) => issuer.sign(issuer.header({}, issuer.rs), issuer.claims(), OWN_RSA)],
  [
    'signature-by-the-other-key',
    (issuer) => issuer.sign(issuer.header({ kid: issuer.rs.kid }), issuer.claims(), issuer.es),
  ],
  [
    'signature-is-a-digest',
    (issuer) => `${parts(issuer.token()).slice(0, 2).join('.')}.${createHmac('sha256', '').digest('base64url')}`,
  ],
]

const KEY: readonly (readonly [string, Forge])[] = [
  ['kid-unknown', (issuer) => issuer.sign(issuer.header({ kid: 'nobody' }), issuer.claims(), OWN)],
  ['kid-missing', (issuer) => issuer.sign(issuer.header({ kid: undefined }), issuer.claims(), OWN)],
  ['kid-path', hmacKid('../../../../../../dev/null', '')],
  ['kid-path-windows', hmacKid('..\\..\\nul', '')],
  ['kid-file-url', hmacKid('file:///dev/null', '')],
  ['kid-sql', hmacKid("x' UNION SELECT 'secret' -- ", 'secret')],
  ['kid-empty', ownKey(() => ({ kid: '' }))],
  ['kid-null-byte', ownKey(() => ({ kid: 'es\u0000' }))],
  ['kid-crlf', ownKey(() => ({ kid: 'es\r\nX-Injected: 1' }))],
  ['kid-command', ownKey(() => ({ kid: '$(touch attacked)' }))],
  ['kid-proto', ownKey(() => ({ kid: '__proto__' }))],
  ['kid-constructor', ownKey(() => ({ kid: 'constructor' }))],
  ['kid-list', ownKey(() => ({ kid: ['es'] }))],
  ['kid-number', ownKey(() => ({ kid: 0 }))],
  ['kid-object', ownKey(() => ({ kid: { $ne: null } }))],
  ['kid-null', ownKey(() => ({ kid: null }))],
  ['kid-long', ownKey(() => ({ kid: 'k'.repeat(4_000) }))],
  ['kid-url', ownKey(({ trap }) => ({ kid: `http://127.0.0.1:${trap.port}/key` }))],
  ['jwk-embedded', ownKey(() => ({ jwk: jwkOf(OWN), kid: undefined }))],
  ['jwk-embedded-with-their-kid', (issuer) => issuer.sign(issuer.header({ jwk: jwkOf(OWN) }), issuer.claims(), OWN)],
  ['jwk-embedded-symmetric', hmacHeader({ jwk: { kty: 'oct', k: encoded('secret') } }, 'secret')],
  ['jku', ownKey(({ trap }) => ({ jku: `http://127.0.0.1:${trap.port}/jwks` }))],
  [
    'jku-with-their-kid',
    (issuer, { trap }) =>
      issuer.sign(issuer.header({ jku: `http://127.0.0.1:${trap.port}/jwks` }), issuer.claims(), OWN),
  ],
  ['jku-of-issuer-as-user', ownKey(({ issuer, trap }) => ({ jku: `${issuer.issuer}@127.0.0.1:${trap.port}/jwks` }))],
  ['x5u', ownKey(({ trap }) => ({ x5u: `http://127.0.0.1:${trap.port}/certificate` }))],
  ['x5u-metadata-service', ownKey(() => ({ x5u: 'http://169.254.169.254/latest/meta-data/' }))],
  ['x5c', ownKey(() => ({ x5c: [OWN.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')] }))],
  ['x5t', ownKey(() => ({ x5t: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA' }))],
]

function hmacKid(kid: string, secret: string): Forge {
  return hmacHeader({ kid }, secret)
}

function hmacHeader(changed: Readonly<Record<string, unknown>>, secret: string): Forge {
  return (issuer) => hmacSigned(issuer.header({ ...changed, alg: 'HS256' }), issuer.claims(), secret)
}

const HEADER: readonly (readonly [string, Forge])[] = [
  ['crit-unknown', header({ crit: ['urn:example:strict'], 'urn:example:strict': true })],
  ['crit-known-claim', header({ crit: ['exp'], exp: 1 })],
  ['crit-b64', header({ crit: ['b64'], b64: false })],
  ['crit-b64-true', header({ crit: ['b64'], b64: true })],
  ['crit-empty', header({ crit: [] })],
  ['crit-null', header({ crit: null })],
  ['crit-text', header({ crit: 'exp' })],
  ['zip', (issuer) => issuer.sign(issuer.header({ zip: 'DEF' }), deflateRawSync(JSON.stringify(issuer.claims())))],
  ['typ-missing', header({ typ: undefined })],
  ['typ-null', header({ typ: null })],
  ['typ-empty', header({ typ: '' })],
  ['typ-jwt', header({ typ: 'JWT' })],
  ['typ-refresh', header({ typ: 'rt+jwt' })],
  ['typ-logout', header({ typ: 'logout+jwt' })],
  ['typ-event', header({ typ: 'secevent+jwt' })],
  ['typ-dpop', header({ typ: 'dpop+jwt' })],
  ['typ-client-assertion', header({ typ: 'client-authentication+jwt' })],
  ['typ-id-jag', header({ typ: 'oauth-id-jag+jwt' })],
  ['typ-introspection', header({ typ: 'token-introspection+jwt' })],
  ['typ-space', header({ typ: 'at+jwt ' })],
  ['typ-prefix', header({ typ: 'at+jwtx' })],
  ['typ-other-tree', header({ typ: 'text/at+jwt' })],
  ['typ-parameter', header({ typ: 'at+jwt; x=1' })],
  ['typ-list', header({ typ: ['at+jwt'] })],
  ['typ-number', header({ typ: 1 })],
]

const KIND: readonly (readonly [string, Forge])[] = [
  ['id-token-nonce', claim({ nonce: 'n' })],
  ['id-token-at-hash', claim({ at_hash: 'h' })],
  ['id-token-c-hash', claim({ c_hash: 'h' })],
  ['id-token-use', claim({ token_use: 'id' })],
  ['refresh-token-use', claim({ token_use: 'refresh' })],
  ['refresh-token-typ', claim({ typ: 'Refresh' })],
  ['refresh-token-type', claim({ token_type: 'refresh_token' })],
  ['kind-list', claim({ token_use: ['access'] })],
  ['logout-token', claim({ events: { 'http://schemas.openid.net/event/backchannel-logout': {} } })],
  ['dpop-bound', claim({ cnf: { jkt: 'thumbprint' } })],
  ['mtls-bound', claim({ cnf: { 'x5t#S256': 'thumbprint' } })],
  ['bound-to-nothing', claim({ cnf: null })],
]

const TIME: readonly (readonly [string, Forge])[] = [
  ['exp-past', claim({ exp: 1_000_000_000 })],
  ['exp-just-past', (issuer) => issuer.token({ exp: now() - 10 })],
  ['exp-zero', claim({ exp: 0 })],
  ['exp-negative', claim({ exp: -1 })],
  ['exp-missing', claim({ exp: undefined })],
  ['exp-null', claim({ exp: null })],
  ['exp-text', claim({ exp: '9999999999' })],
  ['exp-true', claim({ exp: true })],
  ['exp-list', claim({ exp: [9_999_999_999] })],
  ['exp-infinite', claimText((text) => text.replace(/"exp":\d+/, '"exp":1e400'))],
  ['exp-not-a-number', claimText((text) => text.replace(/"exp":\d+/, '"exp":NaN'))],
  ['exp-twice-late', claimText((text) => text.replace(/}$/, ',"exp":1}'))],
  ['nbf-future', (issuer) => issuer.token({ nbf: now() + 300 })],
  ['nbf-text', claim({ nbf: '0' })],
  ['nbf-infinite', claimText((text) => text.replace(/}$/, ',"nbf":1e400}'))],
  ['iat-future', (issuer) => issuer.token({ iat: now() + 300 })],
  ['iat-missing', claim({ iat: undefined })],
  ['iat-text', claim({ iat: '0' })],
  ['iat-infinite', claimText((text) => text.replace(/"iat":\d+/, '"iat":1e400'))],
]

const ISSUER: readonly (readonly [string, Forge])[] = [
  ['iss-missing', named(() => undefined)],
  ['iss-null', named(() => null)],
  ['iss-empty', named(() => '')],
  ['iss-slash', named((iss) => `${iss}/`)],
  ['iss-path', named((iss) => `${iss}/tenant`)],
  ['iss-query', named((iss) => `${iss}?x`)],
  ['iss-fragment', named((iss) => `${iss}#x`)],
  ['iss-upper', named((iss) => iss.toUpperCase())],
  ['iss-space', named((iss) => `${iss} `)],
  ['iss-null-byte', named((iss) => `${iss}\u0000`)],
  ['iss-suffix', named((iss) => `${iss}.evil.example`)],
  ['iss-prefix', named((iss) => iss.slice(0, -1))],
  ['iss-user', named((iss) => iss.replace('//', '//x@'))],
  ['iss-user-evil', named((iss) => `${iss}@evil.example`)],
  ['iss-other-name', named((iss) => iss.replace('127.0.0.1', 'localhost'))],
  ['iss-other-spelling', named((iss) => iss.replace('127.0.0.1', '127.1'))],
  ['iss-https', named((iss) => iss.replace('http:', 'https:'))],
  ['iss-list', named((iss) => [iss])],
  ['iss-list-of-two', named((iss) => [iss, 'https://evil.example'])],
  ['iss-object', named((iss) => ({ iss }))],
  ['iss-number', named(() => 1)],
  [
    'iss-trap',
    (issuer, { trap }) =>
      issuer.sign(issuer.header({}, OWN), issuer.claims({ iss: `http://127.0.0.1:${trap.port}` }), OWN),
  ],
  ['iss-metadata-service', claim({ iss: 'http://169.254.169.254/latest/meta-data' })],
  ['iss-file', claim({ iss: 'file:///etc/passwd' })],
  ['iss-twice-late', claimText((text) => text.replace(/}$/, ',"iss":"https://evil.example"}'))],
  ['iss-resource', claim({ iss: RESOURCE })],
]

const at = RESOURCE
const AUDIENCE: readonly (readonly [string, Forge])[] = (
  [
    ['aud-missing', undefined],
    ['aud-null', null],
    ['aud-empty', ''],
    ['aud-empty-list', []],
    ['aud-list-in-list', [[at]]],
    ['aud-object', { 0: at, length: 1 }],
    ['aud-number', 1],
    ['aud-true', true],
    ['aud-foreign', 'https://elsewhere.example/mcp'],
    ['aud-origin', 'https://attack.example'],
    ['aud-origin-slash', 'https://attack.example/'],
    ['aud-slash', `${at}/`],
    ['aud-longer', `${at}/admin`],
    ['aud-longer-segment', `${at}2`],
    ['aud-shorter', at.slice(0, -1)],
    ['aud-query', `${at}?x`],
    ['aud-fragment', `${at}#x`],
    ['aud-port', 'https://attack.example:8443/mcp'],
    ['aud-http', 'http://attack.example/mcp'],
    ['aud-path-case', 'https://attack.example/MCP'],
    ['aud-path-encoded', 'https://attack.example/%6dcp'],
    ['aud-path-dot', 'https://attack.example/./mcp'],
    ['aud-path-double-slash', 'https://attack.example//mcp'],
    ['aud-path-up', 'https://attack.example/x/../mcp'],
    ['aud-path-encoded-slash', 'https://attack.example/mcp%2f'],
    ['aud-subdomain', 'https://x.attack.example/mcp'],
    ['aud-parent', 'https://example/mcp'],
    ['aud-suffix-host', 'https://attack.example.evil.example/mcp'],
    ['aud-user', 'https://attack.example@evil.example/mcp'],
    ['aud-user-ours', 'https://x@attack.example/mcp'],
    ['aud-host-dot', 'https://attack.example./mcp'],
    ['aud-host-full-width', 'https://attack．example/mcp'],
    ['aud-host-homograph', 'https://аttack.example/mcp'],
    ['aud-host-dotless', 'https://ATTACK.EXAMPLE.:443/mcp'],
    ['aud-backslash', 'https://attack.example\\mcp'],
    ['aud-prefixed', `https://evil.example/?${at}`],
    ['aud-space', `${at} `],
    ['aud-space-before', ` ${at}`],
    ['aud-tab', `${at}\t`],
    ['aud-null-byte', `${at}\u0000`],
    ['aud-two-in-one', `${at} https://elsewhere.example/mcp`],
    ['aud-two-by-comma', `${at},https://elsewhere.example/mcp`],
    ['aud-two', [at, 'https://elsewhere.example/mcp']],
    ['aud-two-other-order', ['https://elsewhere.example/mcp', at]],
    ['aud-with-number', [at, 1]],
    ['aud-with-null', [at, null]],
    ['aud-with-list', [at, [at]]],
    ['aud-with-empty', [at, '']],
    ['aud-with-userinfo', [at, 'https://attack.example/userinfo']],
    ['aud-wildcard', '*'],
    ['aud-wildcard-host', 'https://*.example/mcp'],
    ['aud-name', 'attack-target'],
    ['aud-client', 'attacker'],
    ['aud-regex', 'https://attack.example/.*'],
  ] as const
).map(([name, aud]) => [name, claim({ aud })] as const)

const SUBJECT: readonly (readonly [string, Forge])[] = [
  ['aud-twice-late', claimText((text) => text.replace(/}$/, ',"aud":"https://evil.example"}'))],
  ['aud-in-prototype', claimText((text) => text.replace(/"aud":"[^"]+"/, `"__proto__":{"aud":"${at}"}`))],
  ['sub-missing', claim({ sub: undefined })],
  ['sub-null', claim({ sub: null })],
  ['sub-empty', claim({ sub: '' })],
  ['sub-number', claim({ sub: 0 })],
  ['sub-list', claim({ sub: ['ada'] })],
  ['sub-object', claim({ sub: { toString: 'ada' } })],
  ['sub-long', claim({ sub: 'a'.repeat(2_049) })],
  ['sub-in-prototype', claimText((text) => text.replace(/"sub":"[^"]+"/, '"__proto__":{"sub":"ada"}'))],
  ['client-missing', claim({ client_id: undefined })],
  ['client-null', claim({ client_id: null, azp: undefined })],
  ['client-empty', claim({ client_id: '' })],
  ['client-number', claim({ client_id: 1 })],
  ['client-list', claim({ client_id: ['attacker'] })],
]

const SHAPE: readonly (readonly [string, Forge])[] = [
  ['shape-dot', () => '.'],
  ['shape-dots', () => '..'],
  ['shape-four-parts', (issuer) => `${issuer.token()}.AAAA`],
  [
    'shape-five-parts',
    (issuer) => `${encoded({ alg: 'dir', enc: 'A128CBC-HS256' })}..AAAA.${encoded(issuer.claims())}.AAAA`,
  ],
  ['shape-leading-dot', (issuer) => `.${issuer.token()}`],
  ['shape-trailing-dot', (issuer) => `${issuer.token()}.`],
  ['shape-doubled', (issuer) => `${issuer.token()}${issuer.token()}`],
  ['shape-detached', (issuer) => issuer.token().replace(/\.[^.]+\./, '..')],
  ['shape-not-a-token', () => 'let-me-in'],
  ['shape-header-no-json', (issuer) => issuer.sign('{"alg":"ES256"', issuer.claims())],
  ['shape-header-list', (issuer) => issuer.sign('[{"alg":"ES256"}]', issuer.claims())],
  ['shape-header-text', (issuer) => issuer.sign('"ES256"', issuer.claims())],
  ['shape-header-null', (issuer) => issuer.sign('null', issuer.claims())],
  ['shape-header-deep', (issuer) => issuer.sign('['.repeat(3_000), issuer.claims())],
  ['shape-claims-no-json', (issuer) => issuer.sign(issuer.header(), '{"iss":')],
  ['shape-claims-list', (issuer) => issuer.sign(issuer.header(), JSON.stringify([issuer.claims()]))],
  ['shape-claims-text', (issuer) => issuer.sign(issuer.header(), JSON.stringify(JSON.stringify(issuer.claims())))],
  ['shape-claims-null', (issuer) => issuer.sign(issuer.header(), 'null')],
  ['shape-claims-empty', (issuer) => issuer.sign(issuer.header(), '')],
  ['shape-claims-deep', (issuer) => issuer.sign(issuer.header(), '['.repeat(3_000))],
  ['shape-claims-marked', (issuer) => issuer.sign(issuer.header(), `\ufeff\ufeff${JSON.stringify(issuer.claims())}`)],
  ['shape-base64-plus', (issuer) => issuer.token().replace(/\.([^.]*)$/, '.$1+/')],
  ['shape-too-long', (issuer) => issuer.token({ pad: 'x'.repeat(8_192) })],
]

/** Tokens that are wrong in one way each. All of them get the same answer. */
export const tokens: readonly Attack[] = attacks<[Forge]>(
  'token',
  [...ALGORITHM, ...SIGNATURE, ...KEY, ...HEADER, ...KIND, ...TIME, ...ISSUER, ...AUDIENCE, ...SUBJECT, ...SHAPE],
  (forge) => ({
    send: (world) => world.ask({ ...callWrite(), token: forge(world.issuer, world) }),
    expected: INVALID_TOKEN,
  }),
)
