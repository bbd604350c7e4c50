import { type Attack, attacks, type Expected } from '../attack.js'
import { INVALID_TOKEN } from '../expected.js'
import { NOTHING } from '../http/answer.js'
import { exchange } from '../http/exchange.js'
import { bytesOf, type RawRequest } from '../http/request.js'
import { BOMB } from '../world/bomb.js'
import { ACCESS_TOKEN, type Endpoint, HostileIssuer, type Staged } from '../world/hostile-issuer.js'
import { hmacSigned, jwkOf } from '../world/keys.js'
import { startTarget, type World } from '../world/world.js'
import { callForward, callWrite } from './asks.js'

interface Lie {
  readonly endpoint: Endpoint
  readonly staged: (issuer: HostileIssuer, world: World) => Staged
  readonly token?: (issuer: HostileIssuer) => string
  readonly expected?: Expected
  /** What is asked of the server; a call that changes something by default. */
  readonly ask?: RawRequest
}

const metadata =
  (changed: (issuer: HostileIssuer, trap: string) => Readonly<Record<string, unknown>>): Lie['staged'] =>
  (issuer, { trap }) => ({
    body: JSON.stringify({
      issuer: issuer.issuer,
      jwks_uri: `${issuer.issuer}/jwks`,
      ...changed(issuer, `http://127.0.0.1:${trap.port}`),
    }),
  })
const redirect =
  (status: number): Lie['staged'] =>
  (_issuer, { trap }) => ({
    status,
    headers: { location: `http://127.0.0.1:${trap.port}/` },
  })

/** A token that a server was given, changed as somebody would who wants a caller's token to reach another service. */
const exchanged = (
  changed: (form: URLSearchParams) => Readonly<Record<string, unknown>>,
): Pick<Lie, 'endpoint' | 'staged' | 'ask' | 'expected'> => ({
  endpoint: 'token',
  ask: callForward(),
  expected: { status: 200, error: 'tool-error' },
  staged: () => ({
    body: (form) =>
      JSON.stringify({
        access_token: 'abc',
        issued_token_type: ACCESS_TOKEN,
        token_type: 'Bearer',
        expires_in: 600,
        ...changed(form),
      }),
  }),
})

const UNAVAILABLE: Expected = { status: 503, error: 'temporarily_unavailable' }

/** What comes from the issuer's address, from somebody who got between. Each meets a server that knows nothing yet. */
export const issuers: readonly Attack[] = attacks<[Lie]>(
  'issuer',
  [
    ['exchange-passthrough', exchanged((form) => ({ access_token: form.get('subject_token') }))],
    ['exchange-wrapped', exchanged((form) => ({ access_token: `abc.${form.get('subject_token')}` }))],
    ['exchange-id-token', exchanged(() => ({ issued_token_type: 'urn:ietf:params:oauth:token-type:id_token' }))],
    ['exchange-untyped', exchanged(() => ({ issued_token_type: undefined }))],
    ['exchange-bound', exchanged(() => ({ token_type: 'DPoP' }))],
    ['exchange-header', exchanged(() => ({ access_token: 'abc\r\nx-evil: 1' }))],
    ['exchange-large', exchanged(() => ({ access_token: 'a'.repeat(20_000) }))],
    ['exchange-redirect', { ...exchanged(() => ({})), staged: redirect(307) }],
    [
      'exchange-elsewhere',
      {
        ...exchanged(() => ({})),
        endpoint: 'metadata',
        staged: metadata(() => ({ token_endpoint: 'http://evil.example/token' })),
      },
    ],
    ['metadata-of-another', { endpoint: 'metadata', staged: metadata(() => ({ issuer: 'https://evil.example' })) }],
    ['metadata-slash', { endpoint: 'metadata', staged: metadata((issuer) => ({ issuer: `${issuer.issuer}/` })) }],
    ['metadata-without-issuer', { endpoint: 'metadata', staged: metadata(() => ({ issuer: undefined })) }],
    ['metadata-redirect', { endpoint: 'metadata', staged: redirect(302) }],
    ['metadata-no-json', { endpoint: 'metadata', staged: () => ({ body: '<html>' }) }],
    ['metadata-large', { endpoint: 'metadata', staged: () => ({ body: `{"x":"${'x'.repeat(5_000_000)}"}` }) }],
    [
      'metadata-prototype',
      {
        endpoint: 'metadata',
        staged: (issuer) => ({
          body: `{"__proto__":{"issuer":"${issuer.issuer}","jwks_uri":"${issuer.issuer}/jwks"}}`,
        }),
      },
    ],
    ['keys-by-file', { endpoint: 'metadata', staged: metadata(() => ({ jwks_uri: 'file:///etc/passwd' })) }],
    [
      'keys-by-data',
      { endpoint: 'metadata', staged: metadata(() => ({ jwks_uri: 'data:application/json,{"keys":[]}' })) },
    ],
    [
      'keys-by-gopher',
      { endpoint: 'metadata', staged: metadata((_issuer, trap) => ({ jwks_uri: trap.replace('http', 'gopher') })) },
    ],
    ['keys-by-list', { endpoint: 'metadata', staged: metadata((issuer) => ({ jwks_uri: [`${issuer.issuer}/jwks`] })) }],
    ['keys-inline', { endpoint: 'metadata', staged: metadata(() => ({ jwks_uri: undefined, jwks: { keys: [] } })) }],
    ['keys-redirect', { endpoint: 'jwks', staged: redirect(302) }],
    ['keys-redirect-permanent', { endpoint: 'jwks', staged: redirect(308) }],
    ['keys-large', { endpoint: 'jwks', staged: () => ({ body: `{"keys":[],"x":"${'x'.repeat(5_000_000)}"}` }) }],
    ['keys-bomb', { endpoint: 'jwks', staged: () => ({ headers: { 'content-encoding': 'gzip' }, body: BOMB }) }],
    [
      'keys-deep',
      {
        endpoint: 'jwks',
        staged: ({ es }) => ({
          body: JSON.stringify({ keys: [jwkOf(es)] }).replace(/}$/, `,"x":${'['.repeat(9_000)}${']'.repeat(9_000)}}`),
        }),
      },
    ],
    [
      // Whoever reads the key set can sign with it.
      'keys-private',
      {
        endpoint: 'jwks',
        staged: ({ es }) => ({
          body: JSON.stringify({ keys: [{ ...jwkOf(es), ...es.privateKey.export({ format: 'jwk' }) }] }),
        }),
      },
    ],
    ['keys-no-json', { endpoint: 'jwks', staged: () => ({ body: 'keys' }) }],
    ['keys-null', { endpoint: 'jwks', staged: () => ({ body: 'null' }) }],
    ['keys-500', { endpoint: 'jwks', staged: () => ({ status: 500 }) }],
    ['keys-hang-up', { endpoint: 'jwks', staged: () => ({ hangUp: true }) }],
    [
      'keys-symmetric',
      {
        endpoint: 'jwks',
        staged: () => ({ body: '{"keys":[{"kty":"oct","kid":"s","k":"c2VjcmV0","alg":"HS256"}]}' }),
        token: (issuer) => hmacSigned(issuer.header({ alg: 'HS256', kid: 's' }), issuer.claims(), 'secret'),
        expected: INVALID_TOKEN,
      },
    ],
  ],
  ({ endpoint, staged, token = (issuer) => issuer.token(), expected = UNAVAILABLE, ask = callWrite() }) => ({
    async send(world) {
      const issuer = await HostileIssuer.start()
      issuer.stage(endpoint, staged(issuer, world))
      const server = await startTarget(issuer.issuer)
      try {
        const answers = await exchange(server.port, bytesOf({ ...ask, token: token(issuer) }))
        const { runs } = await server.report()
        if (runs.length > 0) throw new Error('a handler ran')
        return answers[0] ?? NOTHING
      } finally {
        await Promise.all([server.stop(), issuer.stop()])
      }
    },
    expected,
  }),
)
