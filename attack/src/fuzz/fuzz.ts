import fc from 'fast-check'
import { helloClaims } from '../controls.js'
import { postForm, send } from '../groups/person.js'
import type { Answer } from '../http/answer.js'
import { NOTHING } from '../http/answer.js'
import { exchange, exchangeAll } from '../http/exchange.js'
import { bytesOf } from '../http/request.js'
import type { World } from '../world/world.js'
import { body, claims, damage, headers, method, target, tokenHeader } from './arbitraries.js'
import { mayRun, type Sent } from './model.js'

export interface Round {
  readonly seed: number
  readonly runs: number
}

/** How often each status came, to show that requests got everywhere. */
export type Seen = Map<string, number>

/** Generated requests to a server for JWTs: no crash, no 500, and no handler that the token does not allow. */
export async function fuzzTarget(world: World, round: Round, seen: Seen): Promise<void> {
  const bearer = fc.oneof(
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii' }).map((token) => ({ token, sent: undefined })) },
    {
      weight: 8,
      arbitrary: fc.record({ claims, header: tokenHeader, subject: fc.uuid() }).map(({ claims, header, subject }) => {
        const sent = world.issuer.claims({ sub: subject, ...claims })
        const token = world.issuer.sign({ ...world.issuer.header(header) }, sent)
        // As the server reads it: what JSON cannot hold is gone, and infinity is null.
        return {
          token,
          sent: {
            claims: JSON.parse(JSON.stringify(sent)),
            isSigned: header.alg === undefined || header.alg === 'ES256',
          },
        }
      }),
    },
  )
  const sent: SentBy = new Map()
  const request = fc.record({ bearer, body, headers, method, target, damage })
  await fc.assert(
    fc.asyncProperty(request, async ({ bearer, body, headers, method, target, damage }) => {
      const bytes = damaged(bytesOf({ method, target, headers, body, token: bearer?.token }), damage)
      // Damaged ones may leave the server waiting for more: it is told that there is none.
      const isWhole = damage.length === 0
      const { port } = world.target
      const answers = isWhole ? await exchange(port, bytes) : await exchangeAll(port, bytes)
      if (bearer?.sent) remember(sent, bearer.sent)
      for (const { status } of answers.length === 0 ? [NOTHING] : answers) count(seen, `target ${status}`)
      await judge(world, answers, sent, seen)
    }),
    { seed: round.seed, numRuns: round.runs },
  )
}

/** What was sent, by whom: a request that was cut may still be carried out while the next one is on its way. */
type SentBy = Map<unknown, Sent[]>

function remember(by: SentBy, sent: Sent): void {
  const { sub } = sent.claims as Readonly<Record<string, unknown>>
  by.set(sub, [...(by.get(sub) ?? []), sent])
}

async function judge(world: World, answers: readonly Answer[], sent: SentBy, seen: Seen): Promise<void> {
  const wrong = answers.find(({ status }) => status >= 500 && status !== 505)
  if (wrong !== undefined) throw new Error(`answered ${wrong.status}: ${wrong.text.slice(0, 300)}`)
  const { runs } = await world.target.report()
  for (const { handler } of runs) count(seen, `ran ${handler}`)
  for (const { handler, subject } of runs) {
    const isAllowed = (sent.get(subject) ?? []).some((one) => mayRun(handler, subject, one, world.issuer.issuer))
    if (!isAllowed) throw new Error(`${handler} ran for ${subject}`)
  }
}

/** Generated answers of introspection: what is let through was said to be active, for this server, of somebody. */
export async function fuzzIntrospection(world: World, round: Round, seen: Seen): Promise<void> {
  const said = fc.oneof(
    { weight: 4, arbitrary: claims.map((changed) => ({ ...helloClaims({ scope: 'greet:world' }), ...changed })) },
    { weight: 1, arbitrary: fc.jsonValue() },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  )
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'who_am_i', arguments: {} } }
  await fc.assert(
    fc.asyncProperty(said, async (answer) => {
      const { status, text } = await world.askHello({ body: JSON.stringify(call), token: world.issuer.opaque(answer) })
      count(seen, `hello ${status}`)
      if (![200, 401, 403, 503].includes(status)) throw new Error(`answered ${status}: ${text.slice(0, 300)}`)
      if (status === 200 && !isActive(answer)) throw new Error('let through what was not active')
    }),
    { seed: round.seed, numRuns: round.runs },
  )
}

function isActive(answer: unknown): boolean {
  if (typeof answer !== 'object' || answer === null) return false
  const { active, aud, sub, exp } = answer as Readonly<Record<string, unknown>>
  const audience = Array.isArray(aud) && aud.length === 1 ? aud[0] : aud
  const isForUs = audience === 'https://hello.example/mcp'
  const isInTime = exp === undefined || (typeof exp === 'number' && exp > Date.now() / 1000 - 10)
  return active === true && isForUs && typeof sub === 'string' && sub !== '' && isInTime
}

const WORDS = [
  'client_id',
  'redirect_uri',
  'response_type',
  'code_challenge',
  'code_challenge_method',
  'scope',
  'state',
  'resource',
  'prompt',
  'grant_type',
  'code',
  'refresh_token',
  'code_verifier',
  'token',
  'request',
  'response_mode',
]

/** Generated requests to the embedded authorization server: no crash, no 500, and no token. */
export async function fuzzAuthorization(world: World, round: Round, seen: Seen): Promise<void> {
  const { issuer } = world.authorization
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 50 }),
    fc.webUrl(),
    fc.constantFrom('code', 'S256', 'authorization_code', 'refresh_token', 'notes:read', 'http://localhost:3000/mcp'),
  )
  const parameters = fc.dictionary(fc.constantFrom(...WORDS), value, { maxKeys: 8 })
  const metadata = fc.record(
    {
      redirect_uris: fc.oneof(fc.array(fc.webUrl(), { maxLength: 3 }), fc.jsonValue()),
      client_name: fc.jsonValue(),
      scope: fc.jsonValue(),
      jwks_uri: fc.jsonValue(),
      grant_types: fc.jsonValue(),
      token_endpoint_auth_method: fc.jsonValue(),
      contacts: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  const request = fc.oneof(
    fc.tuple(fc.constant('auth' as const), parameters),
    fc.tuple(
      fc.constantFrom('token' as const, 'token/introspection' as const, 'token/revocation' as const),
      parameters,
    ),
    fc.tuple(fc.constant('reg' as const), fc.oneof(metadata, fc.jsonValue())),
  )
  await fc.assert(
    fc.asyncProperty(request, async ([path, given]) => {
      const answer = await sendTo(issuer, path, given)
      count(seen, `authorization ${answer.status}`)
      if (answer.status >= 500) throw new Error(`/${path} answered ${answer.status}: ${answer.text.slice(0, 300)}`)
      if (answer.text.includes('"access_token"')) throw new Error('gave a token')
    }),
    { seed: round.seed, numRuns: round.runs },
  )
}

function sendTo(issuer: string, path: string, given: unknown): Promise<Answer> {
  const parameters = given as Readonly<Record<string, string>>
  if (path === 'auth')
    return send(`${issuer}/auth?${new URLSearchParams(parameters)}`, { headers: { accept: 'text/html' } })
  if (path !== 'reg') return postForm(`${issuer}/${path}`, parameters)
  return send(`${issuer}/reg`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(given),
  })
}

function damaged(bytes: Buffer, damage: readonly (readonly [number, number, Uint8Array])[]): Buffer {
  return damage.reduce((now, [at, gone, come]) => {
    const place = at % now.length
    return Buffer.concat([now.subarray(0, place), come, now.subarray(place + gone)])
  }, bytes)
}

function count(seen: Seen, what: string): void {
  seen.set(what, (seen.get(what) ?? 0) + 1)
}
