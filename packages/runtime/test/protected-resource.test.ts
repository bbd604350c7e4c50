import { request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestIssuer, tampered } from '../../testing/src/issuer.js'
import { RESOURCE } from './support/definition.js'
import {
  createHarness,
  type Harness,
  INITIALIZE,
  issuerPolicy,
  LEGACY,
  legacy,
  modern,
  parseChallenge,
  post,
  send,
} from './support/harness.js'

const METADATA = 'https://notes.example.com/.well-known/oauth-protected-resource/mcp'
const PATH_INSERTED = '/.well-known/oauth-protected-resource/mcp'
const ROOT = '/.well-known/oauth-protected-resource'

describe('a server as a protected resource', () => {
  let harness: Harness
  let token: string
  beforeAll(async () => {
    harness = await createHarness()
    token = await harness.token({ scopes: ['notes:read', 'notes:write'] })
  })
  beforeEach(() => {
    harness.witness.calls = []
  })
  afterAll(() => harness.close())

  test('PR-01, PR-02, PR-09: the metadata is public JSON that names the resource and its issuer', async () => {
    const answer = await send(harness.app, { method: 'GET' }, { url: PATH_INSERTED })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toMatch(/^application\/json/)
    expect(answer.headers['access-control-allow-origin']).toBe('*')
    expect(answer.headers['cache-control']).toBeDefined()
    expect(answer.body).toEqual({
      resource: RESOURCE,
      authorization_servers: [harness.issuer.issuer],
      scopes_supported: ['notes:read'],
      bearer_methods_supported: ['header'],
      resource_name: 'Notes',
    })
  })

  test('PR-03, PR-10: the challenge, the path-inserted and the root location lead to the same bytes, without a token', async () => {
    const challenge = parseChallenge(await post(harness.app, INITIALIZE))
    expect(challenge.resource_metadata).toBe(METADATA)
    const [inserted, root] = await Promise.all(
      [PATH_INSERTED, ROOT].map((url) => send(harness.app, { method: 'GET' }, { url })),
    )
    expect(inserted?.text).toBe(root?.text)
    const head = await send(harness.app, { method: 'HEAD' }, { url: PATH_INSERTED })
    expect([head.status, head.text]).toEqual([200, ''])
  })

  test('PR-06, PR-07, SB-04: the resource is the absolute https URL that clients type', async () => {
    const { body } = await send(harness.app, { method: 'GET' }, { url: PATH_INSERTED })
    expect(body.resource).toBe('https://notes.example.com/mcp')
  })

  test('PR-09: without baseline scopes the metadata and the challenge leave the list out', async () => {
    const bare = await createHarness({ baseline: false })
    const { body } = await send(bare.app, { method: 'GET' }, { url: PATH_INSERTED })
    expect(body).not.toHaveProperty('scopes_supported')
    expect(parseChallenge(await post(bare.app, INITIALIZE))).toEqual({ resource_metadata: METADATA, realm: 'notes' })
    await bare.close()
  })

  test('PR-11: the issuer in the metadata is byte for byte the one that the issuer publishes', async () => {
    const { body } = await send(harness.app, { method: 'GET' }, { url: PATH_INSERTED })
    const [listed] = body.authorization_servers
    const published = await fetch(`${listed}/.well-known/oauth-authorization-server`)
    expect(await published.json()).toMatchObject({ issuer: listed })
  })

  test('PR-12: tokens of every listed issuer are accepted, and of no other', async () => {
    const [first, second, third] = await Promise.all(
      ['', '/tenant', ''].map((path) => createTestIssuer({ audience: RESOURCE, path })),
    )
    if (!first || !second || !third) throw new Error('no issuers')
    const both = await createHarness({
      issuer: first,
      issuers: [issuerPolicy(first, 'jwt'), issuerPolicy(second, 'jwt')],
    })
    const from = async (issuer: typeof first): Promise<number> =>
      (await modern(both.app, 'tools/list', {}, { token: await issuer.issue() })).status
    expect([await from(first), await from(second), await from(third)]).toEqual([200, 200, 401])
    await both.close()
    await Promise.all([second.stop(), third.stop()])
  })

  test.each([
    ['GET', 'GET'],
    ['HEAD', 'HEAD'],
    ['DELETE', 'DELETE'],
    ['PUT', 'PUT'],
    ['PATCH', 'PATCH'],
    ['OPTIONS', 'OPTIONS'],
  ] as const)(
    'PR-13, TR-04, Q1: %s without a token is answered like any other request without one',
    async (_, method) => {
      const expected = (await post(harness.app, INITIALIZE)).headers['www-authenticate']
      for (const accept of ['text/event-stream', 'text/html']) {
        const answer = await send(harness.app, { method }, { headers: { accept } })
        expect(answer.status).toBe(401)
        expect(answer.headers['www-authenticate']).toBe(expected)
        if (method === 'HEAD') expect(answer.text).toBe('')
      }
    },
  )

  test.each([
    ['an empty object', '{}'],
    ['broken JSON', '{'],
    ['initialize', JSON.stringify(INITIALIZE)],
    ['a notification', '{"jsonrpc":"2.0","method":"notifications/initialized"}'],
    ['a ping', '{"jsonrpc":"2.0","id":1,"method":"ping"}'],
    ['a response', '{"jsonrpc":"2.0","id":1,"result":{}}'],
    ['2 MB', JSON.stringify('x'.repeat(2 * 1024 * 1024))],
  ])('PR-13, Q1: a POST of %s without a token is 401 before its body matters', async (_, payload) => {
    const answer = await send(harness.app, { method: 'POST', payload })
    expect(answer.status).toBe(401)
    expect(parseChallenge(answer)).toEqual({ resource_metadata: METADATA, scope: 'notes:read', realm: 'notes' })
    const wrongType = await send(harness.app, { method: 'POST', payload }, { headers: { 'content-type': ';;' } })
    expect(wrongType.status).toBe(401)
  })

  test('PR-14: 401 for no or a bad token, 403 for too few scopes', async () => {
    const low = await harness.token({ scopes: ['notes:read'] })
    const call = { name: 'delete_note', arguments: { id: crypto.randomUUID() } }
    expect((await modern(harness.app, 'tools/call', call)).status).toBe(401)
    expect((await modern(harness.app, 'tools/call', call, { token: 'nonsense' })).status).toBe(401)
    expect((await modern(harness.app, 'tools/call', call, { token: low })).status).toBe(403)
  })

  test('PR-15, SC-01, Q4: without credentials the challenge has no error, and the baseline scopes', async () => {
    expect(parseChallenge(await post(harness.app, INITIALIZE))).toEqual({
      resource_metadata: METADATA,
      realm: 'notes',
      scope: 'notes:read',
    })
  })

  test('PR-16, Q4: a refused token gets invalid_token', async () => {
    const challenge = parseChallenge(await post(harness.app, INITIALIZE, { token: tampered(token) }))
    expect(challenge).toMatchObject({ error: 'invalid_token', resource_metadata: METADATA })
  })

  test('PR-15: credentials of another scheme are as good as none', async () => {
    const answer = await post(harness.app, INITIALIZE, { headers: { authorization: 'Basic YWRhOmFkYQ==' } })
    expect(answer.status).toBe(401)
    expect(parseChallenge(answer)).not.toHaveProperty('error')
  })

  test('PR-18, PR-25: refusals say nothing about tools, issuers or reasons, and are the same for every fault', async () => {
    const bad = [
      tampered(token),
      await harness.token({ expiresIn: -60 }),
      await harness.token({ issuer: 'https://evil.example' }),
      await harness.token({ audience: 'https://other.example/mcp' }),
    ]
    const answers = await Promise.all(
      bad.map((one) => modern(harness.app, 'tools/call', { name: 'whoami' }, { token: harness.secret(one) })),
    )
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(new Set(answers.map(({ headers }) => headers['www-authenticate'])).size).toBe(1)
    expect(answers[0]?.body).toEqual({ error: 'invalid_token' })
    expect(harness.witness.calls).toEqual([])
  })

  test.each(['Bearer', 'bearer', 'BEARER'])('PR-19: the scheme may be written %s', async (scheme) => {
    const answer = await modern(harness.app, 'tools/list', {}, { headers: { authorization: `${scheme} ${token}` } })
    expect(answer.status).toBe(200)
  })

  test('PR-20: a token in the query string is ignored and not logged', async () => {
    const answer = await post(harness.app, INITIALIZE, { url: `/mcp?access_token=${token}` })
    expect(answer.status).toBe(401)
    expect(parseChallenge(answer)).not.toHaveProperty('error')
    const withHeader = await modern(harness.app, 'tools/list', {}, { token, url: `/mcp?access_token=${token}` })
    expect(withHeader.status).toBe(200)
    const elsewhere = await send(harness.app, { method: 'GET' }, { url: `/nowhere?access_token=${token}` })
    expect([elsewhere.status, elsewhere.body]).toEqual([404, { error: 'not_found' }])
    expect(harness.log()).toContain('POST /mcp 401')
    expect(harness.log()).not.toContain('access_token')
  })

  test('PR-22, PR-23, BA-17: nothing is remembered of a connection', async () => {
    await harness.app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = harness.app.server.address() as AddressInfo
    const { Agent } = await import('node:http')
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ask = (headers: Record<string, string | string[]>): Promise<{ status: number; port: number | undefined }> =>
      new Promise((resolve, reject) => {
        const outgoing = httpRequest(
          { agent, port, host: '127.0.0.1', method: 'POST', path: '/mcp', headers },
          (incoming) => {
            const local = incoming.socket.localPort
            incoming.resume().on('end', () => resolve({ status: incoming.statusCode ?? 0, port: local }))
          },
        )
        outgoing.on('error', reject).end(JSON.stringify(INITIALIZE))
      })
    const common = {
      host: 'notes.example.com',
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    }
    const first = await ask({ ...common, authorization: `Bearer ${token}` })
    const second = await ask(common)
    const twice = await ask({ ...common, authorization: [`Bearer ${token}`, `Bearer ${token}`] })
    expect([first.status, second.status, twice.status]).toEqual([200, 401, 401])
    expect(second.port).toBe(first.port)
    agent.destroy()
  })

  test('two Authorization headers are refused, even if both are good', async () => {
    harness.audits()
    const raw = await harness.app.inject({
      method: 'POST',
      url: '/mcp',
      headers: { host: 'notes.example.com', authorization: [`Bearer ${token}`, `Bearer ${token}`] as never },
    })
    expect(raw.statusCode).toBe(401)
  })

  test('TR-02: a foreign Origin is refused before anything else, and null is foreign', async () => {
    for (const origin of [
      'https://evil.example',
      'null',
      'http://localhost:3000',
      'https://notes.example.com.evil.example',
    ]) {
      for (const method of ['POST', 'GET', 'DELETE', 'OPTIONS'] as const) {
        const answer = await send(
          harness.app,
          { method, ...(method === 'POST' ? { payload: '{}' } : {}) },
          {
            token,
            headers: { origin, 'access-control-request-method': 'POST' },
          },
        )
        expect(answer.status).toBe(403)
        expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
        expect(answer.headers).not.toHaveProperty('www-authenticate')
      }
    }
  })

  test('a Host that is not ours is refused: another name that resolves here', async () => {
    for (const host of [
      'evil.example',
      'notes.example.com.evil.example',
      'localhost',
      'notes.example.com@evil.example',
    ]) {
      const answer = await post(harness.app, INITIALIZE, { token, headers: { host } })
      expect(answer.status).toBe(421)
    }
    const withPort = await post(harness.app, INITIALIZE, { token, headers: { host: 'NOTES.example.com:8443' } })
    expect(withPort.status).toBe(200)
  })

  test('Q2, Q3: the challenge is one line and its address never comes from Host', async () => {
    const answer = await post(harness.app, INITIALIZE, {
      headers: { host: 'notes.example.com:1234', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' },
    })
    expect(parseChallenge(answer).resource_metadata).toBe(METADATA)
  })

  test('Q31: a browser of an allowed origin may ask without a token, and read the challenge', async () => {
    const origin = 'https://notes.example.com'
    const preflight = await send(
      harness.app,
      { method: 'OPTIONS' },
      {
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization, mcp-protocol-version, mcp-method, mcp-name',
        },
      },
    )
    expect(preflight.status).toBe(204)
    expect(preflight.headers['access-control-allow-origin']).toBe(origin)
    expect(preflight.headers).not.toHaveProperty('access-control-allow-credentials')
    const allowed = String(preflight.headers['access-control-allow-headers']).toLowerCase()
    for (const name of 'authorization content-type accept mcp-protocol-version mcp-session-id last-event-id mcp-method mcp-name'.split(
      ' ',
    )) {
      expect(allowed).toContain(name)
    }
    const refused = await post(harness.app, INITIALIZE, { headers: { origin } })
    expect(refused.status).toBe(401)
    expect(refused.headers['access-control-allow-origin']).toBe(origin)
    expect(refused.headers['access-control-expose-headers']).toBe(
      'WWW-Authenticate, Mcp-Session-Id, Retry-After, RateLimit, RateLimit-Policy',
    )
    expect(refused.headers.vary).toBe('Origin')
    const served = await legacy(harness.app, 'ping', {}, { token, headers: { origin } })
    expect([served.status, served.headers['access-control-allow-origin']]).toEqual([200, origin])
  })

  test('Q31: the metadata answers a preflight to everybody', async () => {
    const answer = await send(
      harness.app,
      { method: 'OPTIONS' },
      { url: ROOT, headers: { origin: 'https://any.example' } },
    )
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([204, '*'])
  })

  test('TL-02, TR-09: GET and DELETE with a token are 405, with a version header or not', async () => {
    for (const method of ['GET', 'DELETE', 'PUT'] as const) {
      const answer = await send(harness.app, { method }, { token, headers: { 'mcp-protocol-version': LEGACY } })
      expect([answer.status, answer.headers.allow]).toEqual([405, 'POST'])
    }
  })

  test('/healthz needs no token and tells nothing', async () => {
    const answer = await send(harness.app, { method: 'GET' }, { url: '/healthz', headers: { host: '10.0.0.1' } })
    expect([answer.status, answer.body]).toEqual([200, { status: 'ok' }])
  })
})

describe('a server on this machine', () => {
  test('TR-02: serves pages of this machine, on whatever port, and no others', async () => {
    const harness = await createHarness({ resource: 'http://localhost:3000/mcp' })
    const from = async (headers: Record<string, string>): Promise<number> =>
      (await post(harness.app, INITIALIZE, { headers })).status
    expect(await from({ host: 'localhost:3000', origin: 'http://localhost:6274' })).toBe(401)
    expect(await from({ host: '127.0.0.1:3000', origin: 'http://127.0.0.1:6274' })).toBe(401)
    expect(await from({ host: '[::1]:3000' })).toBe(401)
    expect(await from({ host: 'localhost:3000', origin: 'http://localhost.evil.example' })).toBe(403)
    expect(await from({ host: 'localhost:3000', origin: 'http://localhost:6274/path' })).toBe(403)
    expect(await from({ host: 'localhost:3000', origin: 'vscode-webview://localhost' })).toBe(403)
    expect(await from({ host: 'evil.example:3000' })).toBe(421)
    await harness.close()
  })

  test('hosts and origins can be added by name, and only by name', async () => {
    const harness = await createHarness({
      server: { allowedHosts: ['internal:8080'], allowedOrigins: ['https://app.example.com'] },
    })
    expect((await post(harness.app, INITIALIZE, { headers: { host: 'internal' } })).status).toBe(401)
    const page = await post(harness.app, INITIALIZE, { headers: { origin: 'https://app.example.com' } })
    expect(page.headers['access-control-allow-origin']).toBe('https://app.example.com')
    await harness.close()
    for (const server of [
      { allowedHosts: ['*'] },
      { allowedOrigins: ['*'] },
      { allowedOrigins: ['https://*.example'] },
      // What is no host would be like everything else that is none.
      { allowedHosts: ['notes.internal:99999'] },
      { allowedHosts: ['10.0.0.256'] },
      // No browser spells an origin like that.
      { allowedOrigins: ['https://App.example.com'] },
      { allowedOrigins: ['https://app.example.com:443'] },
    ]) {
      const issuer = await createTestIssuer({ audience: RESOURCE })
      await expect(createHarness({ issuer, server })).rejects.toThrow(/cannot be used/)
      await issuer.stop()
    }
  })
})
