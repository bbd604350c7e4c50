import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHarness, type Harness, modern } from './support/harness.js'
import { createOddIssuer, json, type OddIssuer } from './support/odd-issuer.js'

let odd: OddIssuer
let harness: Harness
beforeEach(async () => {
  odd = await createOddIssuer()
  harness = await createHarness({ issuers: [{ issuer: odd.issuer, tokens: { form: 'jwt', typ: 'at+jwt' } }] })
})
afterEach(async () => {
  await harness.close()
  await odd.stop()
})

async function statusFor(key: number, kid?: string): Promise<number> {
  const token = harness.secret(await odd.issue(key, kid))
  return (await modern(harness.app, 'tools/call', { name: 'whoami' }, { token })).status
}

describe('metadata', () => {
  test('is looked for at the next place when the first one redirects, and the redirect is not followed', async () => {
    let followed = 0
    odd.answers['/.well-known/oauth-authorization-server'] = (_request, response) => {
      response.writeHead(302, { location: '/login' }).end()
    }
    odd.answers['/login'] = (request, response) => {
      followed += 1
      json({})(request, response)
    }
    odd.answers['/.well-known/openid-configuration'] = json({ issuer: odd.issuer, jwks_uri: `${odd.issuer}/jwks` })
    expect(await statusFor(0, 'k0')).toBe(200)
    expect(followed).toBe(0)
  })

  test.each([
    ['a key set that is a file', 'file:///etc/passwd'],
    ['a key set that is no URL', 7],
    ['no key set', undefined],
  ])('TK-13: with %s is of no use', async (_, jwks_uri) => {
    odd.answers['/.well-known/oauth-authorization-server'] = json({ issuer: odd.issuer, jwks_uri })
    expect(await statusFor(0, 'k0')).toBe(503)
  })
})

describe('a key set', () => {
  test('RFC 7515 section 4.1.4: with several keys serves tokens that name none of them', async () => {
    expect(await statusFor(0)).toBe(200)
    expect(await statusFor(1)).toBe(200)
  })

  test('a token without a key that is signed with none of several gets 401', async () => {
    const stranger = await createOddIssuer()
    odd.answers['/jwks'] = json({ keys: stranger.keys })
    expect(await statusFor(0)).toBe(401)
    expect(harness.audits()).toMatchObject([{ fault: 'bad-signature' }])
    await stranger.stop()
  })

  test('a token that names another key than its own gets 401', async () => {
    expect(await statusFor(0, 'k1')).toBe(401)
    expect(harness.audits()).toMatchObject([{ fault: 'bad-signature' }])
  })

  test.each([
    ['for encryption', { use: 'enc' }],
    ['for another algorithm', { alg: 'ES384' }],
    ['for signing only', { key_ops: ['sign'] }],
  ])('TK-08: keys %s are not used', async (_, change) => {
    odd.answers['/jwks'] = json({ keys: odd.keys.map((key) => ({ ...key, ...change })) })
    expect(await statusFor(0, 'k0')).toBe(401)
    expect(harness.audits()).toMatchObject([{ fault: 'unknown-key' }])
  })

  test.each([
    ['empty', { keys: [] }, 503],
    ['a list', [], 503],
    ['without keys', {}, 503],
  ])('TK-13: that is %s verifies nothing', async (_, body, status) => {
    odd.answers['/jwks'] = json(body)
    expect(await statusFor(0, 'k0')).toBe(status)
  })

  test('TK-13: that is larger than anybody needs is not read to its end', async () => {
    odd.answers['/jwks'] = json({ keys: odd.keys, padding: 'x'.repeat(300 * 1024) })
    expect(await statusFor(0, 'k0')).toBe(503)
    expect(harness.audits()[0]?.detail).toMatch(/too large/)
  })

  test('TK-13: that redirects is not followed', async () => {
    odd.answers['/jwks'] = (_request, response) => {
      response.writeHead(302, { location: '/elsewhere' }).end()
    }
    odd.answers['/elsewhere'] = json({ keys: odd.keys })
    expect(await statusFor(0, 'k0')).toBe(503)
    expect(harness.audits()[0]?.detail).toBe('its jwks_uri answered 302')
  })
})
