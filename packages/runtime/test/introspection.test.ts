import { generateKeyPairSync } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { jwtVerify } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { IntrospectionRule } from '../src/definition.js'
import type { IssuerPolicy } from '../src/index.js'
import type { TokenVerifier } from '../src/token/token-verifier.js'
import { RESOURCE } from './support/definition.js'
import { createOddIssuer, json, type OddIssuer } from './support/odd-issuer.js'
import { outcomeOf, verifierOf } from './support/verifying.js'

interface Question {
  readonly authorization: string | undefined
  readonly form: URLSearchParams
}

const METADATA = '/.well-known/oauth-authorization-server'
const BASIC = { clientId: 'resource server', clientSecret: { env: 'SECRET' } }
const ENVIRONMENT = { SECRET: 'a:b%c+d', API_KEY: 'ory_pat_abc.DEF-1' }

let odd: OddIssuer
let questions: Question[]
let answer: Record<string, unknown>
let status: number
beforeEach(async () => {
  odd = await createOddIssuer()
  questions = []
  status = 200
  answer = { active: true, sub: 'ada', client_id: 'desk', aud: RESOURCE, scope: 'notes:read' }
  odd.answers[METADATA] = json({ issuer: odd.issuer, introspection_endpoint: `${odd.issuer}/introspect` })
  odd.answers['/introspect'] = (request, response) => {
    textOf(request).then((text) => {
      questions.push({ authorization: request.headers.authorization, form: new URLSearchParams(text) })
      json(answer, status)(request, response)
    })
  }
})
afterEach(() => odd.stop())

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

function policyOf(introspection: IntrospectionRule = BASIC): IssuerPolicy {
  return { issuer: odd.issuer, tokens: { form: 'opaque', introspection } }
}

function setUp(introspection?: IntrospectionRule): ReturnType<typeof verifierOf> {
  return verifierOf([policyOf(introspection)], ENVIRONMENT)
}

async function detailOf(verifier: TokenVerifier, token = 'opaque-token-1'): Promise<string> {
  const verification = await verifier.verify(token)
  return 'unavailable' in verification ? verification.unavailable : ''
}

describe('TK-12: the issuer learns who asks', () => {
  test('by client_secret_basic, both parts form-encoded (RFC 6749 section 2.3.1)', async () => {
    const { verifier } = setUp()
    expect(await outcomeOf(verifier, 'opaque-token-1')).toBe('accepted')
    const encoded = questions[0]?.authorization?.replace('Basic ', '') ?? ''
    expect(Buffer.from(encoded, 'base64').toString()).toBe('resource+server:a%3Ab%25c%2Bd')
    expect(Object.fromEntries(questions[0]?.form ?? [])).toEqual({
      token: 'opaque-token-1',
      token_type_hint: 'access_token',
    })
  })

  test('by an API key, as a bearer token (RFC 7662 section 2.1)', async () => {
    const { verifier } = setUp({ apiKey: { env: 'API_KEY' } })
    expect(await outcomeOf(verifier, 'opaque-token-1')).toBe('accepted')
    expect(questions[0]?.authorization).toBe('Bearer ory_pat_abc.DEF-1')
  })

  test.each([
    ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }), 'RS256'],
    ['P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' }), 'ES256'],
    ['P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' }), 'ES384'],
    ['Ed25519', generateKeyPairSync('ed25519'), 'EdDSA'],
  ])('by private_key_jwt (RFC 7523) with a key of %s', async (_, { publicKey, privateKey }, algorithm) => {
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const rule = { clientId: 'notes', privateKey: { env: 'KEY' }, keyId: 'notes-1' }
    const { verifier } = verifierOf([policyOf(rule)], { KEY: pem })
    await outcomeOf(verifier, 'opaque-token-1')
    await outcomeOf(verifier, 'opaque-token-2')
    expect(questions[0]?.authorization).toBeUndefined()
    const assertions = await Promise.all(
      questions.map(async ({ form }) => {
        expect(form.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
        expect(form.get('client_id')).toBe('notes')
        return jwtVerify(form.get('client_assertion') ?? '', publicKey, {
          issuer: 'notes',
          subject: 'notes',
          audience: odd.issuer,
          requiredClaims: ['exp', 'iat', 'jti'],
        })
      }),
    )
    expect(assertions.map(({ protectedHeader }) => protectedHeader)).toEqual([
      { alg: algorithm, kid: 'notes-1' },
      { alg: algorithm, kid: 'notes-1' },
    ])
    const [{ payload: first } = never(), { payload: second } = never()] = assertions
    // RFC 7523 section 3: used once, and good for a minute.
    expect(first.jti).not.toBe(second.jti)
    expect((first.exp ?? 0) - (first.iat ?? 0)).toBe(60)
  })

  test('at another place than the metadata says, if the policy names one', async () => {
    odd.answers[METADATA] = json({ issuer: odd.issuer })
    const { verifier } = setUp({ ...BASIC, endpoint: `${odd.issuer}/introspect` })
    expect(await outcomeOf(verifier, 'opaque-token-1')).toBe('accepted')
    expect(await detailOf(setUp().verifier)).toBe('its metadata names no usable introspection_endpoint')
  })
})

describe('TK-13: an issuer that refuses our client', () => {
  test.each([
    ['Basic', BASIC, 401, "check the introspection client's id and secret"],
    ['Basic, with 403', BASIC, 403, "check the introspection client's id and secret"],
    ['a key', { apiKey: { env: 'API_KEY' } }, 401, 'check the API key of the introspection endpoint'],
  ])('is 503 and says what to check: %s', async (_, rule, refusal, says) => {
    status = refusal
    answer = { error: 'invalid_client' }
    const { verifier } = setUp(rule)
    expect(await detailOf(verifier)).toBe(`it refuses our client (${refusal}): ${says}`)
  })

  test('in the body says so too (RFC 6749 section 5.2)', async () => {
    status = 400
    answer = { error: 'invalid_client' }
    expect(await detailOf(setUp().verifier)).toMatch(/^it refuses our client \(400\)/)
    answer = { error: 'invalid_request' }
    expect(await detailOf(setUp().verifier)).toBe('its introspection endpoint answered 400')
  })

  test('is no broken issuer: it is asked again as soon as somebody asks us', async () => {
    const { verifier } = setUp()
    status = 401
    for (let count = 0; count < 6; count += 1) await outcomeOf(verifier, 'opaque-token-1')
    status = 200
    expect(await outcomeOf(verifier, 'opaque-token-1')).toBe('accepted')
  })
})

describe('TK-13: an answer that nobody should have to walk through', () => {
  test.each([
    ['nests deeper than any', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['would change what it is copied into', '{"__proto__":{"admin":true}}'],
  ])('because it %s is none', async (_, claim) => {
    const { verifier } = setUp()
    const text = `${JSON.stringify(answer).slice(0, -1)},"more":${claim}}`
    odd.answers['/introspect'] = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(text)
    }
    expect(await detailOf(verifier)).toBe('its introspection answer has no "active"')
  })
})

describe('an active answer', () => {
  test('TK-22: is believed for 30 seconds, from when it was asked for', async () => {
    const { verifier, surroundings } = setUp()
    expect(await outcomeOf(verifier, 'opaque-token-1')).toBe('accepted')
    answer = { active: false }
    surroundings.pass(29_999)
    expect(await outcomeOf(verifier, 'opaque-token-1')).toBe('accepted')
    surroundings.pass(1)
    expect(await outcomeOf(verifier, 'opaque-token-1')).toBe('inactive')
  })

  test.each([1, 90, 300])('TK-22: is believed for the %i seconds of the policy', async (cacheSeconds) => {
    const { verifier, surroundings } = setUp({ ...BASIC, cacheSeconds })
    await outcomeOf(verifier, 'opaque-token-1')
    answer = { active: false }
    surroundings.pass(cacheSeconds * 1000 - 1)
    expect(await outcomeOf(verifier, 'opaque-token-1')).toBe('accepted')
    surroundings.pass(1)
    expect(await outcomeOf(verifier, 'opaque-token-1')).toBe('inactive')
  })

  test('TK-22: is not kept at all with 0 seconds', async () => {
    const { verifier } = setUp({ ...BASIC, cacheSeconds: 0 })
    expect(await outcomeOf(verifier, 'opaque-token-1')).toBe('accepted')
    answer = { active: false }
    expect(await outcomeOf(verifier, 'opaque-token-1')).toBe('inactive')
  })

  test('TK-14: is never believed past exp', async () => {
    const { verifier, surroundings } = setUp({ ...BASIC, cacheSeconds: 300 })
    answer = { ...answer, exp: Math.floor(surroundings.now() / 1000) + 10 }
    expect(await outcomeOf(verifier, 'opaque-token-1')).toBe('accepted')
    surroundings.pass(10_000)
    expect(await outcomeOf(verifier, 'opaque-token-1')).toBe('expired')
  })

  test('serves within its life while the issuer is away, and a new token gets 503', async () => {
    const { verifier, surroundings } = setUp()
    await outcomeOf(verifier, 'opaque-token-1')
    await odd.stop()
    surroundings.pass(20_000)
    expect(await outcomeOf(verifier, 'opaque-token-1')).toBe('accepted')
    expect(await outcomeOf(verifier, 'opaque-token-2')).toBe('unavailable')
    surroundings.pass(10_000)
    expect(await outcomeOf(verifier, 'opaque-token-1')).toBe('unavailable')
    await odd.restart()
    expect(await outcomeOf(verifier, 'opaque-token-1')).toBe('accepted')
  })

  test('is one of 10 000 at most: the one that is unused for longest is asked for again', async () => {
    const { ActiveAnswers } = await import('../src/token/active-answers.js')
    const { surroundings } = setUp()
    const answers = new ActiveAnswers(2, surroundings)
    for (const key of ['a', 'b']) answers.set(key, { key }, surroundings.now() + 1)
    expect(answers.get('a')).toEqual({ key: 'a' })
    answers.set('c', { key: 'c' }, surroundings.now() + 1)
    expect(['a', 'b', 'c'].map((key) => answers.get(key)?.key)).toEqual(['a', undefined, 'c'])
    surroundings.pass(1)
    expect(answers.get('a')).toBeUndefined()
  })
})

describe('times', () => {
  test.each([
    ['nbf', 5, 'accepted'],
    ['nbf', 6, 'not-yet-valid'],
    ['iat', 5, 'accepted'],
    ['iat', 6, 'not-yet-valid'],
    ['exp', 0, 'expired'],
    ['exp', 1, 'accepted'],
  ])('TK-01: %s, %i seconds from now, is %s', async (claim, seconds, outcome) => {
    const { verifier, surroundings } = setUp()
    surroundings.time = Math.ceil(surroundings.time / 1000) * 1000
    answer = { ...answer, [claim]: surroundings.time / 1000 + seconds }
    expect(await outcomeOf(verifier, 'opaque-token-1')).toBe(outcome)
  })

  test.each(['exp', 'nbf', 'iat'])('TK-01: %s that is text is refused', async (claim) => {
    answer = { ...answer, [claim]: '1' }
    expect(await outcomeOf(setUp().verifier, 'opaque-token-1')).toBe('claim-malformed')
  })
})

function never(): never {
  throw new Error('There was one question each.')
}
