import { type Attack, attacks, type Expected } from '../attack.js'
import { legacy } from '../http/request.js'
import { BOMB } from '../world/bomb.js'
import type { Staged } from '../world/hostile-issuer.js'
import { HELLO_HOST, type World } from '../world/world.js'

const RESOURCE = `https://${HELLO_HOST}/mcp`
const INVALID: Expected = {
  status: 401,
  error: 'invalid_token',
  challenge:
    'Bearer error="invalid_token", error_description="The access token is not valid for this resource", ' +
    `resource_metadata="https://${HELLO_HOST}/.well-known/oauth-protected-resource/mcp", scope="greet:person", realm="hello"`,
}
/** Nobody knows whether the token is good: no challenge, or a client would throw its login away. */
const UNAVAILABLE: Expected = { status: 503, error: 'temporarily_unavailable' }

type Answer = Readonly<Record<string, unknown>>
const good = (): Answer => ({
  active: true,
  aud: RESOURCE,
  sub: 'mallory',
  client_id: 'attacker',
  scope: 'greet:person greet:world',
  exp: Math.floor(Date.now() / 1000) + 600,
})
const changed = (change: Answer): unknown => ({ ...good(), ...change })
/** All that is good, and beside it lists in lists. */
const deep = (levels: number): string =>
  JSON.stringify(good()).replace(/}$/, `,"more":${'['.repeat(levels)}${']'.repeat(levels)}}`)

/** What an authorization server says of a token, when that is not enough to believe in it. */
const answers: readonly Attack[] = attacks<[unknown, Expected]>(
  'introspection',
  [
    ['inactive', { active: false }, INVALID],
    ['inactive-with-everything', changed({ active: false }), INVALID],
    ['active-in-prototype', `{"active":false,"__proto__":${JSON.stringify(good())}}`, UNAVAILABLE],
    ['active-text', changed({ active: 'true' }), UNAVAILABLE],
    ['active-number', changed({ active: 1 }), UNAVAILABLE],
    ['active-null', changed({ active: null }), UNAVAILABLE],
    ['active-missing', changed({ active: undefined }), UNAVAILABLE],
    ['active-list', changed({ active: [true] }), UNAVAILABLE],
    ['list', [good()], UNAVAILABLE],
    ['text', JSON.stringify(JSON.stringify(good())), UNAVAILABLE],
    ['null', 'null', UNAVAILABLE],
    ['html', '<html>Log in</html>', UNAVAILABLE],
    ['empty', '', UNAVAILABLE],
    ['deep', `${'['.repeat(50_000)}`, UNAVAILABLE],
    ['deep-and-closed', deep(100_000), UNAVAILABLE],
    ['deep-just-too', deep(65), UNAVAILABLE],
    ['nothing-but-active', { active: true }, INVALID],
    ['aud-missing', changed({ aud: undefined }), INVALID],
    ['aud-null', changed({ aud: null }), INVALID],
    ['aud-foreign', changed({ aud: 'https://elsewhere.example/mcp' }), INVALID],
    ['aud-shared', changed({ aud: [RESOURCE, 'https://elsewhere.example/mcp'] }), INVALID],
    ['aud-client', changed({ aud: 'mcp-resource-server' }), INVALID],
    ['aud-slash', changed({ aud: `${RESOURCE}/` }), INVALID],
    ['iss-foreign', changed({ iss: 'https://elsewhere.example' }), INVALID],
    ['iss-null', changed({ iss: null }), INVALID],
    ['exp-past', changed({ exp: 1 }), INVALID],
    ['exp-text', changed({ exp: '9999999999' }), INVALID],
    ['exp-infinite', JSON.stringify(good()).replace(/"exp":\d+/, '"exp":1e400'), INVALID],
    ['nbf-future', changed({ nbf: 4_000_000_000 }), INVALID],
    ['iat-future', changed({ iat: 4_000_000_000 }), INVALID],
    ['sub-missing', changed({ sub: undefined, username: 'admin' }), INVALID],
    ['sub-number', changed({ sub: 1 }), INVALID],
    ['client-missing', changed({ client_id: undefined }), INVALID],
    ['refresh-token', changed({ token_type: 'refresh_token' }), INVALID],
    ['refresh-token-use', changed({ token_use: 'refresh_token' }), INVALID],
    ['id-token', changed({ nonce: 'n' }), INVALID],
    ['dpop-bound', changed({ cnf: { jkt: 'x' } }), INVALID],
    ['dpop-type', changed({ token_type: 'DPoP' }), INVALID],
  ],
  (said, expected) => ({ send: (world) => ask(world, world.issuer.opaque(said)), expected }),
)

/** An authorization server that cannot be asked, or that sends us elsewhere with our secret. */
const failures: readonly Attack[] = attacks<[(world: World) => Staged]>(
  'introspection-fails',
  [
    ['500', () => ({ status: 500 })],
    ['401', () => ({ status: 401 })],
    ['403', () => ({ status: 403 })],
    ['429', () => ({ status: 429, headers: { 'retry-after': '1' } })],
    ['204', () => ({ status: 204, body: '' })],
    ['redirect', ({ trap }) => ({ status: 307, headers: { location: `http://127.0.0.1:${trap.port}/` } })],
    ['redirect-permanent', ({ trap }) => ({ status: 308, headers: { location: `http://127.0.0.1:${trap.port}/` } })],
    ['redirect-see-other', ({ trap }) => ({ status: 303, headers: { location: `http://127.0.0.1:${trap.port}/` } })],
    ['large', () => ({ body: JSON.stringify({ ...good(), pad: 'x'.repeat(10_000_000) }) })],
    ['bomb', () => ({ headers: { 'content-encoding': 'gzip' }, body: BOMB })],
    ['hang-up', () => ({ hangUp: true })],
  ],
  (staged) => ({
    async send(world) {
      const token = world.issuer.opaque(good())
      world.issuer.stage('introspection', staged(world))
      try {
        return await ask(world, token)
      } finally {
        world.issuer.stage('introspection')
      }
    },
    expected: UNAVAILABLE,
  }),
)

const others: readonly Attack[] = attacks<[(world: World) => string, Expected]>(
  'opaque',
  [
    ['unknown', () => 'never-issued', INVALID],
    ['jwt-of-the-issuer', ({ issuer }) => issuer.token({ aud: RESOURCE, scope: 'greet:world' }), INVALID],
    ['jwt-unsigned', ({ issuer }) => `${issuer.token({ aud: RESOURCE }).split('.').slice(0, 2).join('.')}.`, INVALID],
    ['form-injection', ({ issuer }) => `${issuer.opaque(good())}&token=x`, INVALID],
    ['form-injection-encoded', ({ issuer }) => `${issuer.opaque(good())}%26active=true`, INVALID],
    ['case', ({ issuer }) => swapCase(issuer.opaque(good())), INVALID],
    ['padded', ({ issuer }) => `${issuer.opaque(good())}=`, INVALID],
    ['secret-of-the-client', ({ issuer }) => issuer.secret, INVALID],
    [
      'of-another-server',
      ({ issuer }) => issuer.opaque(changed({ aud: 'https://attack.example/mcp', scope: 'items:write' })),
      INVALID,
    ],
  ],
  (forge, expected) => ({ send: (world) => ask(world, forge(world)), expected }),
)

function ask(world: World, token: string): ReturnType<Attack['send']> {
  return world.askHello({ ...legacy('tools/call', { name: 'greet_world' }), token })
}

function swapCase(text: string): string {
  return text.replace(/[a-z]/i, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
}

export const opaque: readonly Attack[] = [...answers, ...failures, ...others]
