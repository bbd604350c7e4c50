import { type Attack, attacks, type Expected } from './attack.js'
import { callForward, callWrite, callWriteLegacy } from './groups/asks.js'
import { boardsToken } from './groups/public.js'
import { legacy, modern, type RawRequest } from './http/request.js'
import { HELLO_HOST, type World } from './world/world.js'

const GOOD: Expected = {
  status: 200,
  also: ({ text }) => (/"isError"|"error"/.test(text) ? text.slice(0, 200) : undefined),
}

type Claims = Readonly<Record<string, unknown>>

/** What attacks are made of, unharmed: it has to get through, or a refusal would prove nothing. */
export const CONTROLS: readonly Attack[] = [
  ...attacks<[(world: World) => RawRequest]>(
    'control',
    [
      ['modern', ({ issuer }) => ({ ...callWrite(), token: issuer.token() })],
      ['legacy', ({ issuer }) => ({ ...callWriteLegacy(), token: issuer.token() })],
      ['exchange', ({ issuer }) => ({ ...callForward(), token: issuer.token() })],
      [
        'exchange-resource',
        ({ issuer }) => ({
          ...callForward({ resource: 'https://mail.example/api', scopes: ['mail:send'] }),
          token: issuer.token(),
        }),
      ],
      ['other-key', ({ issuer }) => ({ ...callWrite(), token: issuer.token({}, {}, issuer.rs) })],
      ['long-type', ({ issuer }) => ({ ...callWrite(), token: issuer.token({}, { typ: 'application/at+jwt' }) })],
      ['without-kid', ({ issuer }) => ({ ...callWrite(), token: issuer.token({}, { kid: undefined }) })],
      [
        'audience-list',
        ({ issuer }) => ({ ...callWrite(), token: issuer.token({ aud: ['https://attack.example/mcp'] }) }),
      ],
      [
        'audience-host-case',
        ({ issuer }) => ({ ...callWrite(), token: issuer.token({ aud: 'HTTPS://Attack.Example:443/mcp' }) }),
      ],
      [
        'scope-list',
        ({ issuer }) => ({ ...callWrite(), token: issuer.token({ scope: undefined, scp: ['items:write'] }) }),
      ],
      [
        'scheme-lower',
        ({ issuer }) => ({
          ...callWrite(),
          headers: { ...callWrite().headers, authorization: `bearer ${issuer.token()}` },
        }),
      ],
      [
        'origin',
        ({ issuer }) => ({
          ...callWrite(),
          headers: { ...callWrite().headers, origin: 'https://attack.example' },
          token: issuer.token(),
        }),
      ],
      [
        'resource',
        ({ issuer }) => ({ ...legacy('resources/read', { uri: 'files://tree/a/b' }), token: issuer.token() }),
      ],
      [
        'prompt',
        ({ issuer }) => ({
          ...modern('prompts/get', { name: 'ask', arguments: { id: 'one' } }),
          token: issuer.token(),
        }),
      ],
      [
        'completion',
        ({ issuer }) => ({
          ...legacy('completion/complete', {
            ref: { type: 'ref/prompt', name: 'ask' },
            argument: { name: 'id', value: '' },
          }),
          token: issuer.token(),
        }),
      ],
      ['two-scopes', ({ issuer }) => ({ ...legacy('tools/call', { name: 'erase_all' }), token: issuer.token() })],
      [
        'implied-scope',
        ({ issuer }) => ({
          ...legacy('tools/call', { name: 'read_item', arguments: { id: 'one' } }),
          token: issuer.token({ scope: 'items:write' }),
        }),
      ],
    ],
    (request) => ({ send: (world) => world.ask(request(world)), expected: GOOD }),
  ),
  ...attacks<[(world: World) => RawRequest]>(
    'control-public',
    [
      ['modern', () => modern('tools/call', { name: 'about', arguments: {} })],
      ['legacy', () => legacy('tools/call', { name: 'about' })],
      ['list', () => modern('tools/list')],
      ['token', (world) => ({ ...modern('tools/call', { name: 'about' }), token: boardsToken(world) })],
      ['member', (world) => ({ ...legacy('resources/read', { uri: 'boards://board/b1' }), token: boardsToken(world) })],
    ],
    (request) => ({ send: (world) => world.askBoards(request(world)), expected: GOOD }),
  ),
  ...attacks<[Claims]>(
    'control-opaque',
    [
      ['good', {}],
      ['issuer-named', {}],
      ['not-before', { nbf: 1 }],
    ],
    (claims) => ({
      send: (world) =>
        world.askHello({
          ...legacy('tools/call', { name: 'greet_world' }),
          token: world.issuer.opaque(helloClaims(claims)),
        }),
      expected: GOOD,
    }),
  ),
]

/** What introspection says of a good token for `examples/hello`. */
export function helloClaims(changed: Claims = {}): Claims {
  return {
    active: true,
    aud: `https://${HELLO_HOST}/mcp`,
    sub: 'mallory',
    client_id: 'attacker',
    scope: 'greet:person greet:world',
    exp: Math.floor(Date.now() / 1000) + 600,
    ...changed,
  }
}
