import { type Attack, attacks, type Expected } from '../attack.js'
import { INVALID_TOKEN, insufficientScope, LOGIN } from '../expected.js'
import type { World } from '../world/world.js'
import { callForward } from './asks.js'

type Asked = unknown

const FILES = 'https://files.example'
const REFUSED: Expected = { status: 200, error: 'tool-error' }

/** With a token that may do everything, and a handler that hands on what a client says: what it may not be given. */
const asking: readonly Attack[] = attacks<[Asked]>(
  'exchange',
  [
    ['other-audience', { audience: 'https://evil.example', scopes: ['files:read'] }],
    ['own-audience', { audience: 'https://attack.example/mcp', scopes: ['items:erase'] }],
    ['other-scope', { audience: FILES, scopes: ['files:admin'] }],
    ['one-scope-more', { audience: FILES, scopes: ['files:read', 'files:admin'] }],
    ['scopes-in-one', { audience: FILES, scopes: ['files:read files:admin'] }],
    ['scopes-of-another', { audience: FILES, scopes: ['mail:send'] }],
    ['no-scopes', { audience: FILES, scopes: [] }],
    ['scopes-as-text', { audience: FILES, scopes: 'files:read' }],
    ['audience-list', { audience: [FILES, 'https://evil.example'] }],
    ['audience-and-resource', { audience: FILES, resource: 'https://evil.example/api' }],
    ['resource-as-audience', { audience: 'https://mail.example/api' }],
    ['audience-as-resource', { resource: FILES }],
    ['audience-slash', { audience: `${FILES}/` }],
    ['audience-case', { audience: 'HTTPS://FILES.EXAMPLE' }],
    ['audience-user', { audience: 'https://files.example@evil.example' }],
    ['audience-crlf', { audience: `${FILES}\r\nx-evil: 1` }],
    ['audience-parameter', { audience: `${FILES}&scope=files:admin` }],
    ['audience-object', { audience: { toString: FILES, valueOf: FILES } }],
    ['prototype', JSON.parse(`{"__proto__":{"audience":"${FILES}"}}`)],
    ['nothing', null],
    ['text', FILES],
    ['list', [{ audience: FILES }]],
  ],
  (asked) => ({
    async send(world) {
      const before = world.issuer.requests.token
      const answer = await world.ask({ ...callForward(asked), token: world.issuer.token() })
      if (world.issuer.requests.token !== before) throw new Error('the issuer was asked')
      return answer
    },
    expected: REFUSED,
  }),
)

type Token = (world: World) => string | undefined

/** Without the right to call it nothing is exchanged. */
const calling: readonly Attack[] = attacks<[Token, Expected]>(
  'exchange',
  [
    ['without-token', () => undefined, LOGIN],
    ['expired', ({ issuer }) => issuer.token({ exp: 1 }), INVALID_TOKEN],
    [
      'without-scope',
      ({ issuer }) => issuer.token({ scope: 'items:read' }),
      insufficientScope(['items:write'], 'items:read items:write'),
    ],
    // A token that the other service would take is none here.
    ['for-the-other-service', ({ issuer }) => issuer.token({ aud: FILES }), INVALID_TOKEN],
  ],
  (token, expected) => ({
    async send(world) {
      const before = world.issuer.requests.token
      const answer = await world.ask({ ...callForward(), token: token(world) })
      if (world.issuer.requests.token !== before) throw new Error('the issuer was asked')
      return answer
    },
    expected,
  }),
)

export const exchanges: readonly Attack[] = [...asking, ...calling]
