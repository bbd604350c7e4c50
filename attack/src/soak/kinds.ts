import { helloClaims } from '../controls.js'
import { legacy, modern, type RawRequest } from '../http/request.js'
import type { HostileIssuer } from '../world/hostile-issuer.js'
import { HELLO_HOST } from '../world/world.js'

/** What may be answered: by the model, which knows what was sent and what goes wrong at the time, and nothing of the server. */
export type Verdict = 'allowed' | 'login' | 'refused' | 'lacks-scopes' | 'unavailable'

/** One kind of request: what it sends, and what may come of it. */
export interface Kind {
  readonly name: string
  readonly server: 'target' | 'hello'
  make(issuer: HostileIssuer, n: number): Sent
}

export interface Sent {
  readonly request: RawRequest
  /** Whose answer it has to be, if it is let through. */
  readonly subject: string
  /** What may be answered when it was sent at `sent` and answered at `answered`, in milliseconds. */
  may(times: Times, trouble: Trouble): readonly Verdict[]
  /** Learns what was answered. */
  saw?(verdict: Verdict, times: Times): void
}

export interface Times {
  readonly sent: number
  readonly answered: number
}

/** What went wrong while a request was on its way, or so shortly before that it may still show. */
export interface Trouble {
  readonly introspection: boolean
  readonly keys: boolean
  /** Processes could not tell each other what they learned. */
  readonly sharing: boolean
}

/** Milliseconds by which clocks may differ (5 seconds), and a little for a request on its way. */
const TOLERANCE = 8_000
/** Milliseconds for which an answer about a token is believed. */
const BELIEVED = 30_000

const read = (): Pick<RawRequest, 'headers' | 'body'> =>
  modern('tools/call', { name: 'read_item', arguments: { id: 'one' } })
const who = (): Pick<RawRequest, 'headers' | 'body'> => {
  const call = legacy('tools/call', { name: 'who_am_i' })
  return { ...call, headers: { ...call.headers, host: HELLO_HOST } }
}

/** A JWT that stays the same until it expires, so that one is used before and after. */
class Kept {
  #token = ''
  #expires = 0

  get(issuer: HostileIssuer, seconds: number, subject: string): { readonly token: string; readonly expires: number } {
    // Old ones go on being sent for a while after they expired.
    if (Date.now() > this.#expires + TOLERANCE + 2_000) {
      const exp = Math.floor(Date.now() / 1000) + seconds
      this.#token = issuer.token({ sub: subject, exp })
      this.#expires = exp * 1000
    }
    return { token: this.#token, expires: this.#expires }
  }
}

/** Milliseconds after which a token is revoked, and after which there is another one. */
const REVOKED_AFTER = 2_000
const RENEWED_AFTER = 60_000

/**
 * As many subjects as come again and again from the first minute on: a server keeps a count for each, some 400 bytes of
 * 50 000 of them, and that this fills is not what memory is watched for.
 */
const SUBJECTS = 500
const userOf = (n: number): string => `user-${n % SUBJECTS}`

/** Every kind, with tokens of their own: a run knows nothing of the one before. */
export function kinds(): readonly Kind[] {
  const expiring = new Kept()
  /** The token that gets revoked, when it was, and when somebody first learned it. */
  let current = { token: '', made: 0, revoked: 0, refused: Number.POSITIVE_INFINITY }
  return [
    {
      name: 'good',
      server: 'target',
      make: (issuer, n) => ({
        request: { ...read(), token: issuer.token({ sub: userOf(n) }) },
        subject: userOf(n),
        may: (_, { keys }) => (keys ? ['allowed', 'unavailable'] : ['allowed']),
      }),
    },
    {
      name: 'expiring',
      server: 'target',
      make: (issuer) => {
        const { token, expires } = expiring.get(issuer, 4, 'expiring')
        return {
          request: { ...read(), token },
          subject: 'expiring',
          may: ({ sent, answered }, { keys }) => [
            ...(sent < expires + TOLERANCE ? (['allowed'] as const) : []),
            ...(answered > expires ? (['refused'] as const) : []),
            ...(keys ? (['unavailable'] as const) : []),
          ],
        }
      },
    },
    {
      name: 'without-token',
      server: 'target',
      make: () => ({ request: read(), subject: '', may: () => ['login'] }),
    },
    {
      name: 'low',
      server: 'target',
      make: (issuer, n) => ({
        request: {
          ...legacy('tools/call', { name: 'erase_all' }),
          token: issuer.token({ scope: 'items:read', sub: userOf(n) }),
        },
        subject: '',
        may: (_, { keys }) => (keys ? ['lacks-scopes', 'unavailable'] : ['lacks-scopes']),
      }),
    },
    {
      name: 'foreign',
      server: 'target',
      make: (issuer) => ({
        request: { ...read(), token: issuer.token({ aud: 'https://elsewhere.example/mcp' }) },
        subject: '',
        may: (_, { keys }) => (keys ? ['refused', 'unavailable'] : ['refused']),
      }),
    },
    {
      name: 'unknown-key',
      server: 'target',
      make: (issuer, n) => ({
        request: { ...read(), token: issuer.token({}, { kid: `storm-${n}` }) },
        subject: '',
        may: (_, { keys }) => (keys ? ['refused', 'unavailable'] : ['refused']),
      }),
    },
    {
      name: 'opaque',
      server: 'hello',
      make: (issuer, n) => ({
        request: {
          ...who(),
          token: issuer.opaqueOnce(`user-${n % 50}`, helloClaims({ sub: `user-${n % 50}`, exp: 4_000_000_000 })),
        },
        subject: `user-${n % 50}`,
        may: (_, { introspection }) => (introspection ? ['allowed', 'unavailable'] : ['allowed']),
      }),
    },
    {
      name: 'opaque-revoked',
      server: 'hello',
      make: (issuer) => {
        const now = Date.now()
        if (now > current.made + RENEWED_AFTER) {
          const token = issuer.opaque(helloClaims({ sub: 'revoked' }))
          current = { token, made: now, revoked: 0, refused: Number.POSITIVE_INFINITY }
        } else if (current.revoked === 0 && now > current.made + REVOKED_AFTER) {
          issuer.revoke(current.token)
          current.revoked = now
        }
        const one = current
        return {
          request: { ...who(), token: one.token },
          subject: 'revoked',
          may: ({ sent }, { introspection, sharing }) => {
            const isBelieved = one.revoked === 0 || sent < one.revoked + BELIEVED + 2_000
            // As soon as one process refused it, no process lets it in any more.
            const isKnown = sent > one.refused && !sharing
            return [
              ...(isBelieved && !isKnown ? (['allowed'] as const) : []),
              ...(one.revoked === 0 ? [] : (['refused'] as const)),
              ...(introspection ? (['unavailable'] as const) : []),
            ]
          },
          saw: (verdict, { answered }) => {
            if (verdict === 'refused') one.refused = Math.min(one.refused, answered)
          },
        }
      },
    },
    {
      name: 'opaque-unknown',
      server: 'hello',
      make: (_issuer, n) => ({
        request: { ...who(), token: `unknown-${n}` },
        subject: '',
        may: (_, { introspection }) => (introspection ? ['refused', 'unavailable'] : ['refused']),
      }),
    },
  ]
}
