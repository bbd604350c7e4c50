import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { TokenVerifier } from '../src/token/token-verifier.js'
import { createOddIssuer, json, type OddIssuer } from './support/odd-issuer.js'
import type { TestSurroundings } from './support/surroundings.js'
import { outcomeOf, verifierOf } from './support/verifying.js'

const MINUTE = 60_000

let odd: OddIssuer
let verifier: TokenVerifier
let surroundings: TestSurroundings
beforeEach(async () => {
  odd = await createOddIssuer()
  const made = verifierOf([{ issuer: odd.issuer, tokens: { form: 'jwt', typ: 'at+jwt' } }])
  verifier = made.verifier
  surroundings = made.surroundings
})
afterEach(async () => {
  vi.restoreAllMocks()
  await odd.stop()
})

/** A token that is good for longer than any test lasts on its own clock. */
const issue = (key: number, kid?: string): Promise<string> =>
  odd.issue(key, kid, { exp: Math.floor(Date.now() / 1000) + 86_400 })
const judge = (token: string): Promise<string> => outcomeOf(verifier, token)
const keysAsked = (): number => odd.asked.filter((path) => path === '/jwks').length

describe('keys that nobody knows', () => {
  test('TK-08: a storm of them is one question, and one more after 5 seconds', async () => {
    expect(await judge(await issue(0, 'k0'))).toBe('accepted')
    surroundings.pass(5_000)
    const storm = await Promise.all(Array.from({ length: 50 }, (_, index) => issue(0, `unknown-${index}`)))
    expect(new Set(await Promise.all(storm.map(judge)))).toEqual(new Set(['unknown-key']))
    expect(keysAsked()).toBe(2)
    for (const token of storm) await judge(token)
    expect(keysAsked()).toBe(2)
    surroundings.pass(4_999)
    await judge(await issue(0, 'other'))
    expect(keysAsked()).toBe(2)
    surroundings.pass(1)
    await judge(await issue(0, 'other'))
    expect(keysAsked()).toBe(3)
    // Whoever has a good token notices nothing of it.
    expect(await judge(await issue(0, 'k0'))).toBe('accepted')
  })

  test('a new key is found after a rotation, and a key that is gone is worth nothing', async () => {
    odd.answers['/jwks'] = json({ keys: [odd.keys[0]] })
    expect(await judge(await issue(0, 'k0'))).toBe('accepted')
    odd.answers['/jwks'] = json({ keys: [odd.keys[1]] })
    surroundings.pass(5_000)
    expect(await judge(await issue(1, 'k1'))).toBe('accepted')
    expect(await judge(await issue(0, 'k0'))).toBe('unknown-key')
  })

  test('a key that is gone is worth nothing after 10 minutes, even if no new one comes', async () => {
    expect(await judge(await issue(0, 'k0'))).toBe('accepted')
    odd.answers['/jwks'] = json({ keys: [odd.keys[1]] })
    surroundings.pass(10 * MINUTE)
    expect(await judge(await issue(0, 'k0'))).toBe('unknown-key')
  })

  test('TK-13: is no verdict while the issuer cannot be asked: the key may be a new one', async () => {
    expect(await judge(await issue(0, 'k0'))).toBe('accepted')
    await odd.stop()
    surroundings.pass(5_000)
    expect(await judge(await issue(1, 'k9'))).toBe('unavailable')
    expect(await judge(await issue(1, 'k9'))).toBe('unavailable')
    expect(await judge(await issue(0, 'k0'))).toBe('accepted')
  })
})

describe('a token that names no key', () => {
  const publish = (...keys: readonly number[]): void => {
    // As such an issuer has it: its keys have no names either.
    const nameless = keys.map((key) => ({ ...odd.keys[key], kid: undefined }))
    odd.answers['/jwks'] = json({ keys: nameless })
  }

  test.each([
    ['one key', [0], [1]],
    ['several keys', [0, 0], [1, 1]],
  ])('of an issuer with %s is believed after a rotation, without a restart', async (_, before, after) => {
    publish(...before)
    expect(await judge(await issue(0))).toBe('accepted')
    publish(...after)
    surroundings.pass(5_000)
    expect(await judge(await issue(1))).toBe('accepted')
    expect(await judge(await issue(0))).toBe('bad-signature')
  })

  test('and that nobody signed is one question, and one more after 5 seconds', async () => {
    publish(0)
    expect(await judge(await issue(0))).toBe('accepted')
    surroundings.pass(5_000)
    const storm = await Promise.all(Array.from({ length: 20 }, () => issue(1)))
    expect(new Set(await Promise.all(storm.map(judge)))).toEqual(new Set(['bad-signature']))
    for (const token of storm) expect(await judge(token)).toBe('bad-signature')
    expect(keysAsked()).toBe(2)
  })

  test('TK-13: and that no known key signed is no verdict while the issuer cannot be asked', async () => {
    publish(0)
    expect(await judge(await issue(0))).toBe('accepted')
    await odd.stop()
    surroundings.pass(5_000)
    expect(await judge(await issue(1))).toBe('unavailable')
    expect(await judge(await issue(0))).toBe('accepted')
  })
})

describe('keys of an issuer that is away', () => {
  test('serve for an hour, and no longer', async () => {
    const token = await issue(0, 'k0')
    expect(await judge(token)).toBe('accepted')
    await odd.stop()
    for (const minutes of [9, 20, 30]) {
      surroundings.pass(minutes * MINUTE)
      expect(await judge(token)).toBe('accepted')
    }
    expect(await judge(await issue(1, 'k0'))).toBe('bad-signature')
    surroundings.pass(MINUTE)
    expect(await judge(token)).toBe('unavailable')
  })

  test('serve at once while it hangs: nobody waits once that is known', async () => {
    const token = await issue(0, 'k0')
    expect(await judge(token)).toBe('accepted')
    const timeouts: AbortController[] = []
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
      const timeout = new AbortController()
      timeouts.push(timeout)
      return timeout.signal
    })
    for (const path of Object.keys(odd.answers)) odd.answers[path] = () => {}
    surroundings.pass(10 * MINUTE)
    const first = judge(token)
    for (const question of [1, 2]) {
      await vi.waitFor(() => expect(timeouts).toHaveLength(question))
      timeouts.at(-1)?.abort()
    }
    expect(await first).toBe('accepted')
    surroundings.pass(30_000)
    expect(await judge(token)).toBe('accepted')
    // It was asked, and has not answered.
    expect(timeouts).toHaveLength(4)
    for (const timeout of timeouts) timeout.abort()
  })

  test('are asked for again when it is back, without a restart', async () => {
    const token = await issue(0, 'k0')
    expect(await judge(token)).toBe('accepted')
    await odd.stop()
    surroundings.pass(61 * MINUTE)
    for (let count = 0; count < 6; count += 1) expect(await judge(token)).toBe('unavailable')
    await odd.restart()
    surroundings.pass(30_000)
    expect(await judge(token)).toBe('accepted')
  })

  test('are not asked for again for half a minute while the old ones serve', async () => {
    const token = await issue(0, 'k0')
    expect(await judge(token)).toBe('accepted')
    odd.answers['/jwks'] = json({}, 500)
    surroundings.pass(10 * MINUTE)
    for (let count = 0; count < 4; count += 1) expect(await judge(token)).toBe('accepted')
    expect(keysAsked()).toBe(2)
    surroundings.pass(30_000)
    expect(await judge(token)).toBe('accepted')
    await vi.waitFor(() => expect(keysAsked()).toBe(3))
  })
})

describe('a key set', () => {
  test('TK-13: that is empty is no verdict, serves nobody, and is looked at again after 5 seconds', async () => {
    const token = await issue(0, 'k0')
    expect(await judge(token)).toBe('accepted')
    odd.answers['/jwks'] = json({ keys: [] })
    surroundings.pass(10 * MINUTE)
    expect(await judge(token)).toBe('unavailable')
    expect(await judge(await issue(0))).toBe('unavailable')
    odd.answers['/jwks'] = json({ keys: odd.keys })
    expect(await judge(token)).toBe('unavailable')
    surroundings.pass(5_000)
    expect(await judge(token)).toBe('accepted')
  })

  test('of more keys than any issuer has is not used', async () => {
    odd.answers['/jwks'] = json({ keys: Array.from({ length: 101 }, () => odd.keys[0]) })
    expect(await judge(await issue(0, 'k0'))).toBe('unavailable')
  })

  test('whose keys all fit a token without kid costs 16 tries at most', async () => {
    const stranger = await createOddIssuer()
    const [other, own] = [stranger.keys[0], odd.keys[0]]
    odd.answers['/jwks'] = json({ keys: [...Array.from({ length: 15 }, () => other), own] })
    expect(await judge(await issue(0))).toBe('accepted')
    odd.answers['/jwks'] = json({ keys: [...Array.from({ length: 16 }, () => other), own] })
    surroundings.pass(10 * MINUTE)
    expect(await judge(await issue(0))).toBe('bad-signature')
    await stranger.stop()
  })

  test('with a symmetric key in it verifies nothing with that', async () => {
    odd.answers['/jwks'] = json({ keys: [{ kty: 'oct', k: 'AAAA', kid: 'k0', alg: 'ES256' }] })
    expect(await judge(await issue(0, 'k0'))).toBe('unknown-key')
  })

  test('at another address replaces the old one', async () => {
    expect(await judge(await issue(0, 'k0'))).toBe('accepted')
    const metadata = '/.well-known/oauth-authorization-server'
    odd.answers[metadata] = json({ issuer: odd.issuer, jwks_uri: `${odd.issuer}/keys` })
    odd.answers['/keys'] = json({ keys: [odd.keys[1]] })
    surroundings.pass(10 * MINUTE)
    expect(await judge(await issue(0, 'k0'))).toBe('unknown-key')
    expect(await judge(await issue(1, 'k1'))).toBe('accepted')
  })
})
