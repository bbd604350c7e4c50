import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createTestIssuer } from '../../testing/src/issuer.js'
import type { IssuerPolicy } from '../src/index.js'
import { Readiness } from '../src/token/readiness.js'
import { selfTest } from '../src/token/self-test.js'
import { RESOURCE } from './support/definition.js'
import { createHarness, issuerPolicy, modern, send } from './support/harness.js'
import { createOddIssuer, json, type OddIssuer } from './support/odd-issuer.js'
import { outcomeOf, verifierOf } from './support/verifying.js'

const METADATA = '/.well-known/oauth-authorization-server'
const UNAVAILABLE = { status: 'unavailable' }

let odd: OddIssuer
beforeEach(async () => {
  odd = await createOddIssuer()
})
afterEach(async () => {
  vi.useRealTimers()
  await odd.stop()
})

const jwtPolicy = (): IssuerPolicy => ({ issuer: odd.issuer, tokens: { form: 'jwt', typ: 'at+jwt' } })
const opaquePolicy = (): IssuerPolicy => ({
  issuer: odd.issuer,
  tokens: { form: 'opaque', introspection: { clientId: 'notes', clientSecret: { env: 'INTROSPECTION_SECRET' } } },
})

describe('/readyz and /healthz', () => {
  test('a server that starts while its issuer is down lives, is not ready, and becomes ready without a restart', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const issuer = await createTestIssuer({ audience: RESOURCE })
    await issuer.stop()
    const harness = await createHarness({ issuer })
    const ask = (url: string): ReturnType<typeof send> => send(harness.app, { method: 'GET', url })
    expect(await ask('/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } })
    const away = await ask('/readyz')
    expect(away).toMatchObject({ status: 503, body: UNAVAILABLE })
    expect(away.headers).toMatchObject({ 'retry-after': '5', 'cache-control': 'no-store' })
    const token = await harness.token()
    expect((await modern(harness.app, 'tools/call', { name: 'whoami' }, { token })).status).toBe(503)
    await issuer.restart()
    vi.setSystemTime(Date.now() + 1_000)
    expect(await ask('/readyz')).toMatchObject({ status: 200, body: { status: 'ready' } })
    expect((await modern(harness.app, 'tools/call', { name: 'whoami' }, { token })).status).toBe(200)
    await harness.close()
  })

  test('keys that still serve are enough: the server is ready while the issuer is away', async () => {
    const harness = await createHarness()
    expect((await send(harness.app, { method: 'GET', url: '/readyz' })).status).toBe(200)
    await harness.issuer.stop()
    expect((await send(harness.app, { method: 'GET', url: '/readyz' })).status).toBe(200)
    await harness.close()
  })

  test('PR-25: it says nothing of the issuer, to nobody', async () => {
    const harness = await createHarness({ issuers: [jwtPolicy()] })
    odd.answers['/jwks'] = json({}, 500)
    const { text } = await send(harness.app, { method: 'GET', url: '/readyz' })
    expect(text).toBe('{"status":"unavailable"}')
    await harness.close()
  })

  test.each(['/healthz', '/readyz'])('needs no token, for GET %s alone', async (url) => {
    const harness = await createHarness()
    expect((await send(harness.app, { method: 'POST', url, payload: '{}' })).status).toBe(404)
    await harness.close()
  })
})

describe('readiness', () => {
  test('one issuer of several is enough', async () => {
    const good = await createTestIssuer({ audience: RESOURCE })
    odd.answers[METADATA] = json({}, 500)
    const { verifier, surroundings } = verifierOf([jwtPolicy(), issuerPolicy(good, 'jwt')])
    const readiness = new Readiness(verifier.sources, surroundings)
    expect(await readiness.isReady()).toBe(true)
    await good.stop()
  })

  test('asks about one token that nobody has, and not again while all is well', async () => {
    odd.answers[METADATA] = json({ issuer: odd.issuer, introspection_endpoint: `${odd.issuer}/introspect` })
    odd.answers['/introspect'] = json({ active: false })
    const { verifier, surroundings } = verifierOf([opaquePolicy()], { INTROSPECTION_SECRET: 's3cret' })
    const readiness = new Readiness(verifier.sources, surroundings)
    expect(await Promise.all(Array.from({ length: 20 }, () => readiness.isReady()))).not.toContain(false)
    expect(await readiness.isReady()).toBe(true)
    expect(odd.asked).toEqual([METADATA, '/introspect'])
  })

  test('is lost when the issuer refuses our client, and when it fails again and again', async () => {
    odd.answers[METADATA] = json({ issuer: odd.issuer, introspection_endpoint: `${odd.issuer}/introspect` })
    odd.answers['/introspect'] = json({ active: false })
    const { verifier, surroundings } = verifierOf([opaquePolicy()], { INTROSPECTION_SECRET: 's3cret' })
    const readiness = new Readiness(verifier.sources, surroundings)
    expect(await readiness.isReady()).toBe(true)
    odd.answers['/introspect'] = json({}, 401)
    await outcomeOf(verifier, 'opaque-token')
    expect(await readiness.isReady()).toBe(false)
    odd.answers['/introspect'] = json({ active: false })
    surroundings.pass(1_000)
    expect(await readiness.isReady()).toBe(true)
    odd.answers['/introspect'] = json({}, 500)
    for (let count = 0; count < 4; count += 1) await outcomeOf(verifier, 'opaque-token')
    expect(await readiness.isReady()).toBe(true)
    await outcomeOf(verifier, 'opaque-token')
    expect(await readiness.isReady()).toBe(false)
    odd.answers['/introspect'] = json({ active: false })
    surroundings.pass(5_000)
    expect(await readiness.isReady()).toBe(true)
  })

  test('whoever asks again and again makes it ask the issuer once a second', async () => {
    odd.answers[METADATA] = json({}, 404)
    const { verifier, surroundings } = verifierOf([jwtPolicy()])
    const readiness = new Readiness(verifier.sources, surroundings)
    for (let count = 0; count < 10; count += 1) expect(await readiness.isReady()).toBe(false)
    expect(odd.asked).toHaveLength(2)
    surroundings.pass(1_000)
    expect(await readiness.isReady()).toBe(false)
    expect(odd.asked).toHaveLength(4)
  })

  test('an answer comes within a second, whatever the issuer does', async () => {
    const held: (() => void)[] = []
    odd.answers[METADATA] = (request, response) => {
      held.push(() => json({ issuer: odd.issuer, jwks_uri: `${odd.issuer}/jwks` })(request, response))
    }
    const { verifier, surroundings } = verifierOf([jwtPolicy()])
    const readiness = new Readiness(verifier.sources, surroundings)
    const asking = readiness.isReady()
    await vi.waitFor(() => expect(held).toHaveLength(1))
    expect(surroundings.pauses).toEqual([1_000])
    surroundings.endPauses()
    expect(await asking).toBe(false)
    for (const release of held) release()
    await vi.waitFor(async () => expect(await readiness.isReady()).toBe(true))
    expect(odd.asked).toEqual([METADATA, '/jwks'])
  })
})

describe('the line that a start writes about an issuer', () => {
  async function lineOf(issuer: IssuerPolicy): Promise<string> {
    const harness = await createHarness({ issuers: [issuer] })
    await harness.app.listen({ host: '127.0.0.1', port: 0 })
    const lines = (): string[] =>
      harness
        .log()
        .split('\n')
        .flatMap((line) => (line === '' ? [] : [JSON.parse(line).msg as string]))
        .filter((message) => message.startsWith('issuer '))
    await vi.waitFor(() => expect(lines()).toHaveLength(1))
    await harness.close()
    return lines()[0]?.replaceAll(odd.issuer, 'ISSUER') ?? ''
  }

  test('JWTs, and that it cannot issue anything else that we could ask about', async () => {
    expect(await lineOf(jwtPolicy())).toBe(
      'issuer ISSUER: JWTs are verified with 2 keys (ES256); it offers no introspection, so that its tokens are JWTs',
    )
  })

  test('JWTs, and that it may issue opaque ones', async () => {
    odd.answers[METADATA] = json({
      issuer: odd.issuer,
      jwks_uri: `${odd.issuer}/jwks`,
      introspection_endpoint: `${odd.issuer}/introspect`,
    })
    odd.answers['/jwks'] = json({ keys: [odd.keys[0]] })
    expect(await lineOf(jwtPolicy())).toBe(
      'issuer ISSUER: JWTs are verified with 1 key (ES256); it offers introspection too: a token that is refused as malformed means that it issues opaque ones',
    )
  })

  test.each([
    [undefined, 'it publishes no keys, so that its tokens are opaque'],
    ['/jwks', 'it publishes keys too, so that it may issue JWTs, which are put to introspection as well'],
  ])('opaque tokens, with jwks_uri %s', async (path, says) => {
    odd.answers[METADATA] = json({
      issuer: odd.issuer,
      introspection_endpoint: `${odd.issuer}/introspect`,
      ...(path === undefined ? {} : { jwks_uri: `${odd.issuer}${path}` }),
    })
    odd.answers['/introspect'] = json({ active: false })
    expect(await lineOf(opaquePolicy())).toBe(
      `issuer ISSUER: opaque tokens are verified by introspection, which accepts our client (client_secret_basic); ${says}`,
    )
  })

  test('credentials that the issuer refuses, by name', async () => {
    odd.answers[METADATA] = json({ issuer: odd.issuer, introspection_endpoint: `${odd.issuer}/introspect` })
    odd.answers['/introspect'] = json({ error: 'invalid_client' }, 401)
    expect(await lineOf(opaquePolicy())).toBe(
      "issuer ISSUER cannot be used: it refuses our client (401): check the introspection client's id and secret. No token of it can be verified until that is put right.",
    )
  })

  test.each([
    ['keys', {}, 'its metadata names no usable jwks_uri'],
    ['an issuer of that name', { issuer: 'https://evil.example' }, 'names another issuer'],
  ])('that it has no %s', async (_, change, says) => {
    odd.answers[METADATA] = json({ issuer: odd.issuer, ...change })
    expect(await lineOf(jwtPolicy())).toContain(says)
  })

  test('that it has an empty key set', async () => {
    odd.answers['/jwks'] = json({ keys: [] })
    expect(await lineOf(jwtPolicy())).toContain('cannot be used: it publishes no key')
  })
})

describe('the self-test', () => {
  test('tries again after pauses that grow, says what changed, and ends when it succeeds', async () => {
    const { verifier, surroundings } = verifierOf([jwtPolicy()])
    const said: string[] = []
    const log = { info: record, error: record } as never
    function record(_details: unknown, text: string): void {
      said.push(text.replaceAll(odd.issuer, 'ISSUER').split('. ')[0] ?? '')
    }
    const pausesOf = async (count: number): Promise<void> => {
      await vi.waitFor(() => expect(surroundings.pauses).toHaveLength(count))
    }
    odd.answers['/jwks'] = json({}, 404)
    const testing = selfTest(verifier.sources, log, surroundings, new AbortController().signal)
    for (const [count, status] of [
      [1, 404],
      [2, 403],
      [3, 403],
    ] as const) {
      await pausesOf(count)
      odd.answers['/jwks'] = json({}, status)
      surroundings.pass(60_000)
      surroundings.endPauses()
    }
    await pausesOf(4)
    odd.answers['/jwks'] = json({ keys: odd.keys })
    surroundings.endPauses()
    await testing
    expect(surroundings.pauses).toEqual([5_000, 10_000, 20_000, 40_000])
    expect(said).toEqual([
      'issuer ISSUER cannot be used: its jwks_uri answered 404',
      'issuer ISSUER cannot be used: its jwks_uri answered 403',
      expect.stringMatching(/^issuer ISSUER: JWTs are verified with 2 keys/),
    ])
  })

  test('ends with the server', async () => {
    odd.answers['/jwks'] = json({}, 404)
    const { verifier, surroundings } = verifierOf([jwtPolicy()])
    const ending = new AbortController()
    const log = { info: vi.fn(), error: vi.fn() }
    const testing = selfTest(verifier.sources, log as never, surroundings, ending.signal)
    await vi.waitFor(() => expect(surroundings.pauses).toHaveLength(1))
    ending.abort()
    await testing
    expect(log.info).not.toHaveBeenCalled()
  })
})
