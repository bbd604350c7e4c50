import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createPublicFetch } from '../src/provider/public-fetch.js'
import { introspect, type Json, RawClient } from './support/client.js'
import { Browser } from './support/pages.js'
import { startServer, type TestServer } from './support/server.js'

const clientId = 'https://client.example/oauth/metadata.json'
const good: Json = {
  client_id: clientId,
  client_name: 'Example client',
  redirect_uris: ['http://localhost/callback', 'https://client.example/cb'],
  grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
  response_types: ['code'],
  token_endpoint_auth_method: 'none',
}

/** What the internet answers, and what it was asked. */
let internet: (url: string, init?: RequestInit) => Response | Promise<Response>
let asked: string[] = []
let server: TestServer

beforeAll(async () => {
  server = await startServer({
    fetch: async (input, init) => {
      asked.push(String(input))
      expect(init?.redirect).toBe('manual')
      return internet(String(input), init)
    },
  })
})
beforeEach(() => {
  internet = () => Response.json(good)
  asked = []
})
afterAll(() => server.close())

function documentClient(id: string = clientId, redirectUri = 'http://localhost:50411/callback'): RawClient {
  const client = new RawClient(server)
  client.clientId = id
  client.redirectUri = redirectUri
  return client
}

async function refused(client: RawClient): Promise<string> {
  const response = await client.authorize()
  expect(response.status).toBe(400)
  expect(response.headers.get('location')).toBeNull()
  return await response.text()
}

describe('P12 a client id metadata document', () => {
  it('CI-01 is fetched, and nothing is registered for the client to log in', async () => {
    const tokens = await documentClient().tokens()
    expect(asked).toContain(clientId)
    expect(await introspect(server, tokens.access_token)).toMatchObject({ active: true, client_id: clientId })
    expect(tokens).toHaveProperty('refresh_token')
  })

  it('CI-13 CI-14 CI-15 the page names who it is and where the answer goes', async () => {
    const local = await new Browser().consent(documentClient())
    expect(local.html).toContain('client.example')
    expect(local.html).toContain('localhost:50411')
    expect(local.html).toContain('The answer goes to a program on this computer.')
    const hosted = await new Browser().consent(documentClient(clientId, 'https://client.example/cb'))
    expect(hosted.html).not.toContain('program on this computer.')
    expect(hosted.html).not.toContain('could not be checked')
  })

  it.each([
    ['another client_id', { ...good, client_id: `${clientId}?x` }],
    ['no client_id', { ...good, client_id: undefined }],
    ['no client_name', { ...good, client_name: undefined }],
    ['an empty client_name', { ...good, client_name: ' ' }],
    ['no redirect_uris', { ...good, redirect_uris: undefined }],
    ['empty redirect_uris', { ...good, redirect_uris: [] }],
    ['redirect_uris that cannot be used', { ...good, redirect_uris: ['http://evil.example/cb'] }],
    ['client_secret_basic', { ...good, token_endpoint_auth_method: 'client_secret_basic' }],
    ['client_secret_post', { ...good, token_endpoint_auth_method: 'client_secret_post' }],
    ['a client_secret', { ...good, client_secret: 'x' }],
    ['a list', [good]],
  ])('P12 CI-02 CI-03 CI-17 one with %s is refused', async (_, document) => {
    internet = () => Response.json(document)
    await refused(documentClient())
  })

  it.each([
    ['a page', () => new Response('<!doctype html><title>x</title>', { headers: { 'content-type': 'text/html' } })],
    ['an error', () => Response.json(good, { status: 404 })],
    ['a failure', () => Response.json(good, { status: 500 })],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://client.example/other' } })],
    ['a partial answer', () => Response.json(good, { status: 206 })],
    ['more than 5 kB', () => Response.json({ ...good, padding: 'x'.repeat(6000) })],
    [
      'more than 5 kB in pieces without a length',
      () => new Response(endless(), { headers: { 'content-type': 'application/json' } }),
    ],
  ])('P12 CI-03 CI-08 CI-10 CI-11 %s in its place is refused, and nothing stands in', async (_, answer) => {
    internet = answer
    const html = await refused(documentClient())
    expect(html).not.toContain('not verified')
    expect(asked.every((url) => url === clientId)).toBe(true)
  })

  it.each([
    'https://client.example',
    'https://client.example/',
    'http://client.example/metadata.json',
    'https://user:pass@client.example/metadata.json',
    'https://client.example/a/../metadata.json',
    'https://client.example/a/%2e%2e/metadata.json',
    'https://client.example/metadata.json#x',
  ])('P12 CI-05 %s is no client id, and nothing is fetched', async (id) => {
    await refused(documentClient(id))
    expect(asked).toEqual([])
  })

  it('CI-04 the answer goes only where the document says', async () => {
    await refused(documentClient(clientId, 'https://evil.example/cb'))
    await refused(documentClient(clientId, 'http://localhost:50411/elsewhere'))
    await refused(documentClient(clientId, 'https://client.example:444/cb'))
  })

  it('CI-06 is cached as long as its answer says', async () => {
    const id = 'https://client.example/cached.json'
    internet = () => Response.json({ ...good, client_id: id }, { headers: { 'cache-control': 'max-age=60' } })
    await documentClient(id).tokens()
    await documentClient(id).tokens()
    expect(asked).toEqual([id])
  })

  it('CI-07 an error or an invalid document is not cached', async () => {
    const cacheable = { headers: { 'cache-control': 'max-age=600' } }
    internet = () => Response.json({ ...good, client_name: undefined }, cacheable)
    await refused(documentClient())
    internet = () => new Response('no', { status: 503, ...cacheable })
    await refused(documentClient())
    internet = () => Response.json(good)
    expect(await documentClient().tokens()).toHaveProperty('access_token')
  })

  it('CI-18 one that declares a key must use it', async () => {
    const id = 'https://client.example/with-key.json'
    const jwks = {
      keys: [
        {
          kty: 'EC',
          crv: 'P-256',
          x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
          y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
        },
      ],
    }
    internet = () => Response.json({ ...good, client_id: id, token_endpoint_auth_method: 'private_key_jwt', jwks })
    const client = documentClient(id)
    const code = (await client.logIn()).searchParams.get('code')
    expect(await client.redeem(code)).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
  })

  it.each(['text/html', 'text/plain', 'application/jsonp', ''])(
    'CI-03 one that is served as "%s" is refused, so that a page where anybody may post text vouches for nobody',
    async (type) => {
      internet = () => new Response(JSON.stringify(good), { headers: { 'content-type': type } })
      await refused(documentClient())
    },
  )

  it.each(['application/json; charset=utf-8', 'Application/Example+JSON'])('CI-03 "%s" is JSON', async (type) => {
    internet = () => new Response(JSON.stringify(good), { headers: { 'content-type': type } })
    expect((await documentClient().authorize()).status).toBe(303)
  })

  it('CI-09 an address in it that nothing here needs is not asked', async () => {
    const id = 'https://client.example/addresses.json'
    const elsewhere = 'https://elsewhere.example/x'
    internet = () =>
      Response.json({
        ...good,
        client_id: id,
        logo_uri: elsewhere,
        jwks_uri: elsewhere,
        sector_identifier_uri: elsewhere,
      })
    expect((await documentClient(id).authorize()).status).toBe(303)
    expect(asked).toEqual([id])
  })

  it('CI-20 a logo of the document is not loaded', async () => {
    internet = () => Response.json({ ...good, logo_uri: 'https://client.example/logo.png' })
    expect((await new Browser().consent(documentClient())).html).not.toContain('logo.png')
  })
})

describe('P13 the internet is out of reach', () => {
  const failures: readonly (readonly [string, () => unknown])[] = [
    ['DNS fails', () => failure('getaddrinfo ENOTFOUND client.example', 'ENOTFOUND')],
    ['DNS does not answer', () => failure('getaddrinfo EAI_AGAIN client.example', 'EAI_AGAIN')],
    ['the connection is refused', () => failure('connect ECONNREFUSED', 'ECONNREFUSED')],
    ['there is no way', () => failure('connect ENETUNREACH', 'ENETUNREACH')],
    ['every address fails', () => new AggregateError([failure('a', 'ECONNREFUSED'), failure('b', 'ENETUNREACH')])],
    ['nothing comes in time', () => new DOMException('The operation was aborted due to timeout', 'TimeoutError')],
    ['fetch wraps the reason', () => new TypeError('fetch failed', { cause: failure('x', 'ENOTFOUND') })],
  ]

  it.each(failures)('P13 a login works when %s', async (_, error) => {
    internet = () => Promise.reject(error())
    const client = documentClient('https://offline.example/client.json')
    expect((await new Browser().consent(client)).html).toContain('offline.example (not verified)')
    const tokens = await client.tokens()
    expect(await introspect(server, tokens.access_token)).toMatchObject({ active: true })
    expect((await client.refresh(tokens.refresh_token)).status).toBe(200)
  })

  it('P13 nothing but the beginning of a login waits for the network', async () => {
    internet = () => Promise.reject(failure('x', 'ENOTFOUND'))
    const client = documentClient('https://offline.example/quick.json')
    const tokens = await client.tokens()
    await introspect(server, tokens.access_token)
    await client.refresh(tokens.refresh_token)
    expect(asked).toHaveLength(1)
  })

  it('P13 the real document is used as soon as it can be had', async () => {
    internet = () => Promise.reject(failure('x', 'ENOTFOUND'))
    await documentClient().tokens()
    internet = () => Response.json(good)
    const { html } = await new Browser().consent(documentClient())
    expect(html).toContain('Example client')
    expect(html).not.toContain('not verified')
    await refused(documentClient(clientId, 'http://localhost:1/not-in-the-document'))
  })

  it.each([
    'https://client.example/cb',
    'cursor://anysphere.cursor-mcp/oauth/callback',
    'http://evil.example/callback',
  ])('P13 nothing stands in for an answer to %s', async (redirect) => {
    internet = () => Promise.reject(failure('x', 'ENOTFOUND'))
    await refused(documentClient('https://offline.example/hosted.json', redirect))
  })

  it.each([
    ['a special-use address', Object.assign(new Error('x'), { name: 'SpecialUseAddressError' })],
    ['a bad certificate', failure('self-signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT')],
    ['some other failure', new Error('parse error')],
    ['one address of two that must not be asked', new AggregateError([failure('a', 'ECONNREFUSED'), new Error('b')])],
  ])('P13 nothing stands in after %s', async (_, error) => {
    internet = () => Promise.reject(error)
    await refused(documentClient())
  })

  it.each([true, false, 'mcp_unverified'])(
    'P13 a document cannot say itself that it was not checked: %j',
    async (value) => {
      internet = () => Response.json({ ...good, mcp_unverified: value })
      const { html } = await new Browser().consent(documentClient(clientId, 'https://client.example/cb'))
      expect(html).not.toContain('could not be checked')
      expect(html).not.toContain('program on this computer.')
    },
  )

  it('P13 CI-13 a page that loses the network half-way does not call a hosted address a program on this computer', async () => {
    const client = documentClient(clientId, 'https://client.example/cb')
    const browser = new Browser()
    const login = await browser.login(client)
    internet = () => Promise.reject(failure('x', 'ENOTFOUND'))
    const body = new URLSearchParams({ user: 'ada' })
    const { html } = await browser.open(login.url, { method: 'POST', body })
    expect(html).toContain('could not be checked')
    expect(html).toContain('The answer goes to client.example.')
    expect(html).not.toContain('program on this computer')
  })
})

describe('P13 CI-18 a client with a key while the network is away', () => {
  const id = 'https://client.example/keyed.json'
  let jwk: JWK
  let assertion: () => Promise<string>

  beforeAll(async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256')
    jwk = { ...(await exportJWK(publicKey)), alg: 'ES256', use: 'sig' }
    assertion = () =>
      new SignJWT({ jti: crypto.randomUUID() })
        .setProtectedHeader({ alg: 'ES256' })
        .setIssuer(id)
        .setSubject(id)
        .setAudience(server.issuer)
        .setIssuedAt()
        .setExpirationTime('1m')
        .sign(privateKey)
  })
  beforeEach(() => {
    internet = () =>
      Response.json({ ...good, client_id: id, token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [jwk] } })
  })

  function proof(value: string): Readonly<Record<string, string>> {
    return {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: value,
    }
  }

  it('P13 CI-18 must still prove who it is, for a code, a refresh token and a revocation', async () => {
    const client = documentClient(id, 'https://client.example/cb')
    const code = (await client.logIn()).searchParams.get('code')
    const first = await client.redeem(code, proof(await assertion()))
    expect(first.status).toBe(200)
    const other = (await client.logIn()).searchParams.get('code')
    internet = () => Promise.reject(failure('x', 'ENOTFOUND'))
    for (const answer of [
      await client.redeem(other),
      await client.refresh(first.body.refresh_token),
      await client.revoke(first.body.refresh_token),
    ]) {
      expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_client' } })
    }
    // Tokens that it has are good for the resource server, which asks in its own name.
    expect(await introspect(server, first.body.access_token)).toMatchObject({ active: true, client_id: id })
  })

  it('P13 CI-18 nobody stands in for it at a login either', async () => {
    expect((await documentClient(id).authorize()).status).toBe(303)
    internet = () => Promise.reject(failure('x', 'ENOTFOUND'))
    expect(await refused(documentClient(id))).toContain('could not be fetched')
  })

  it('P13 CI-18 it may give up its key, in its document', async () => {
    internet = () => Response.json({ ...good, client_id: id })
    expect((await documentClient(id).authorize()).status).toBe(303)
    internet = () => Promise.reject(failure('x', 'ENOTFOUND'))
    expect((await documentClient(id).authorize()).status).toBe(303)
  })
})

describe('CI-09 addresses of this computer and of private networks', () => {
  beforeEach(() => {
    const real = createPublicFetch()
    internet = (url, init) => real(url, init)
  })

  it.each([
    'https://127.0.0.1/x.json',
    'https://10.0.0.1/x.json',
    'https://169.254.169.254/latest/meta-data',
    'https://[::1]/x.json',
    'https://[fd00::1]/x.json',
    'https://[::ffff:127.0.0.1]/x.json',
    'https://[::127.0.0.1]/x.json',
    'https://2130706433/x.json',
    'https://localhost/x.json',
  ])('CI-09 %s is not asked, and nothing stands in', async (id) => {
    const client = new RawClient(server)
    client.clientId = id
    const response = await client.authorize()
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('could not be fetched')
  })

  it('CI-09 no connection is opened', async () => {
    let connections = 0
    const target = createServer(() => {}).on('connection', () => connections++)
    await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve))
    const address = target.address()
    const client = new RawClient(server)
    client.clientId = `https://localhost:${typeof address === 'object' ? address?.port : 0}/x.json`
    expect((await client.authorize()).status).toBe(400)
    expect(connections).toBe(0)
    target.close()
  })
})

function failure(message: string, code: string): Error {
  return Object.assign(new Error(message), { code })
}

function endless(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('x'.repeat(1000))),
  })
}
