import { once } from 'node:events'
import { request } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { introspect, post, RawClient, redirectError } from './support/client.js'
import { Browser } from './support/pages.js'
import { resource, startServer, type TestServer } from './support/server.js'

let server: TestServer
const printed: string[] = []

beforeAll(async () => {
  for (const level of ['warn', 'info', 'log', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((...values) => printed.push(values.join(' ')))
  }
  server = await startServer({
    fetch: async () => Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })),
  })
})
afterEach(() => expect(printed).toEqual([]))
afterAll(() => server.close())

describe('P1 step-up', () => {
  it('P1 a client may ask for more than the scope that it registered with', async () => {
    const client = await RawClient.registered(server, { scope: 'notes:read' })
    expect(await client.tokens({ scope: 'notes:read' })).toMatchObject({ scope: 'notes:read' })
    const wider = await client.tokens({ scope: 'notes:read notes:write' })
    expect(wider).toMatchObject({ scope: 'notes:read notes:write' })
    expect(await introspect(server, wider.access_token)).toMatchObject({ scope: 'notes:read notes:write' })
  })
})

describe('P2 scopes of the project', () => {
  it('P2 a registration with scopes of the project is accepted, and its scope comes back', async () => {
    const { status, body } = await new RawClient(server).register({ scope: 'notes:read notes:write offline_access' })
    expect(status).toBe(201)
    expect(body.scope).toBe('notes:read notes:write')
  })

  it('P2 a registration with a scope that nobody declared is accepted without it', async () => {
    const { status, body } = await new RawClient(server).register({ scope: 'phantom' })
    expect(status).toBe(201)
    expect(body).not.toHaveProperty('scope')
  })
})

describe('P3 scope of a request', () => {
  it.each([
    ['absent', undefined],
    ['empty', ''],
    ['blank', ' '],
  ])('P3 Q5 AS-27 an %s scope means the baseline and never everything', async (_, scope) => {
    const client = await RawClient.registered(server)
    expect(await client.tokens({ scope })).toMatchObject({ scope: 'notes:read' })
  })

  it.each([
    ['everything that the metadata lists', 'notes:read notes:write openid offline_access', 'notes:read notes:write'],
    ['scopes of OpenID Connect besides one of ours', 'openid email profile notes:read', 'notes:read'],
    ['scopes that nobody declared', 'notes:read phantom:scope', 'notes:read'],
  ])('P3 Q5 AS-28 of %s the known ones are granted and returned', async (_, scope, granted) => {
    const client = await RawClient.registered(server)
    const tokens = await client.tokens({ scope })
    expect(tokens.scope).toBe(granted)
    expect(await introspect(server, tokens.access_token)).toMatchObject({ scope: granted })
  })

  it.each(['openid email profile', 'phantom', 'Notes:Read'])(
    'P3 Q5 "%s" leaves nothing and is refused',
    async (scope) => {
      const client = await RawClient.registered(server)
      expect(redirectError(await client.authorize({ scope }))).toBe('invalid_scope')
    },
  )
})

describe('P4 browser clients', () => {
  it('P4 AS-14 DCR the registration endpoint answers a preflight', async () => {
    const response = await fetch(`${server.issuer}/reg`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:6274',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,mcp-protocol-version',
      },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-headers')).toContain('mcp-protocol-version')
  })

  it.each([
    ['a registration', {}, 201],
    ['a refused one', { redirect_uris: ['http://evil.example/cb'] }, 400],
  ])('P4 a page may read the answer to %s', async (_, metadata, status) => {
    const answer = await post(
      `${server.issuer}/reg`,
      { redirect_uris: ['http://localhost:6274/oauth/callback'], ...metadata },
      { origin: 'http://localhost:6274' },
    )
    expect(answer.status).toBe(status)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  })
})

describe('P5 registrations as clients send them', () => {
  it('P5 empty and null members count as absent', async () => {
    const { status, body } = await new RawClient(server).register({
      client_uri: '',
      contacts: null,
      logo_uri: '',
      tos_uri: [],
    })
    expect(status).toBe(201)
    for (const member of ['client_uri', 'contacts', 'logo_uri', 'tos_uri']) expect(body).not.toHaveProperty(member)
  })

  it('P5 Q18 grant types that are not offered are left out', async () => {
    const { status, body } = await new RawClient(server).register({
      grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
    })
    expect(status).toBe(201)
    expect(body.grant_types).toEqual(['authorization_code', 'refresh_token'])
  })

  it('P5 a scheme of a known editor needs no application_type', async () => {
    const client = await RawClient.registered(server, {
      redirect_uris: ['cursor://anysphere.cursor-mcp/oauth/callback'],
      token_endpoint_auth_method: undefined,
    })
    const callback = await client.logIn()
    expect(callback.protocol).toBe('cursor:')
    expect(callback.searchParams.get('code')).not.toBeNull()
  })
})

describe('P6 redirect URIs', () => {
  it('P6 AS-20 http redirects lead to this computer only', async () => {
    const { status, body } = await new RawClient(server).register({
      redirect_uris: ['http://example.com/cb'],
      application_type: 'web',
    })
    expect(status).toBe(400)
    expect(body.error).toBe('invalid_redirect_uri')
  })
})

describe('P7 the Host header', () => {
  it('P7 a foreign host gets 421 and what to do, and never metadata', async () => {
    const { status, text } = await getWithHost(server, '/.well-known/oauth-authorization-server', 'evil.test')
    expect(status).toBe(421)
    expect(text).toContain(server.issuer)
    expect(text).toContain('MCP_AUTH_ISSUER')
    expect(text).not.toContain('token_endpoint')
  })

  it('P7 another name of this computer gets 421 too, because the metadata would carry it', async () => {
    expect((await getWithHost(server, '/.well-known/openid-configuration', `127.0.0.1:${server.port}`)).status).toBe(
      421,
    )
  })

  it('P7 what a proxy claims is not believed', async () => {
    const response = await fetch(`${server.issuer}/.well-known/oauth-authorization-server`, {
      headers: { 'x-forwarded-host': 'evil.test', forwarded: 'host=evil.test' },
    })
    expect(await response.text()).not.toContain('evil.test')
  })
})

describe('P8 spellings of the resource', () => {
  it('P8 a slash at the end is the same resource, and tokens carry the canonical one', async () => {
    const client = await RawClient.registered(server)
    const tokens = await client.tokens({ resource: `${resource}/` })
    expect(await introspect(server, tokens.access_token)).toMatchObject({ aud: resource })
  })
})

describe('P9 programs on this computer', () => {
  it('P9 AS-38 are asked about each time, although the person is logged in', async () => {
    const client = await RawClient.registered(server)
    const browser = new Browser()
    await client.logIn({}, { cookies: browser.cookies })
    const page = await browser.login(client)
    expect(page.html).toContain('name="decision"')
  })
})

describe('P10 the store', () => {
  it('P10 more registrations than the provider caches push no earlier client out', async () => {
    const first = await RawClient.registered(server)
    await Promise.all(Array.from({ length: 120 }, () => new RawClient(server).register()))
    expect(await first.tokens()).toHaveProperty('access_token')
  })
})

describe('P11 nothing of the quick start', () => {
  it('P11 the keys are ours and not those that come with the provider', async () => {
    const response = await fetch(`${server.issuer}/jwks`)
    const { keys } = (await response.json()) as { keys: { kid: string; d?: string }[] }
    expect(keys).toHaveLength(1)
    expect(keys[0]?.kid).not.toContain('keystore-CHANGE-ME')
    expect(keys[0]).not.toHaveProperty('d')
  })

  it('P11 the login page is ours and there is no password to any account', async () => {
    const page = await new Browser().login(await RawClient.registered(server))
    expect(page.html).toContain('Log in to Notes')
    expect(page.html).not.toContain('type="password"')
  })
})

describe('P13 without the internet', () => {
  const clientId = 'https://claude.ai/oauth/claude-code-client-metadata'

  it('P13 a client with a metadata document logs in, and the page says that it was not checked', async () => {
    const client = new RawClient(server)
    client.clientId = clientId
    client.redirectUri = 'http://localhost:50411/callback'
    const { html } = await new Browser().consent(client)
    expect(html).toContain('The identity of this program could not be checked.')
    expect(html).toContain('claude.ai (not verified)')
    const tokens = await client.tokens()
    expect(await introspect(server, tokens.access_token)).toMatchObject({
      active: true,
      client_id: clientId,
      sub: 'ada',
    })
  })

  it('P13 an answer to anywhere else is refused with a page that says why', async () => {
    const client = new RawClient(server)
    client.clientId = clientId
    client.redirectUri = 'https://claude.ai/api/mcp/auth_callback'
    const response = await client.authorize()
    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBeNull()
    expect(await response.text()).toContain('could not be fetched')
  })
})

describe('P14 pages', () => {
  it('P14 every page is ours and loads nothing', async () => {
    const client = await RawClient.registered(server)
    const browser = new Browser()
    const pages = [
      await browser.open(`${server.issuer}/`),
      await browser.login(client),
      await browser.consent(client),
      await browser.login(client, { client_id: 'nobody' }),
      await browser.login(client, { redirect_uri: 'https://elsewhere.example/' }),
      await browser.open(`${server.issuer}/nothing-here`),
      await browser.open(`${server.issuer}/interaction/unknown`),
      await browser.open(`${server.issuer}/auth/unknown`),
    ]
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200, 400, 400, 404, 400, 400])
    for (const { html, headers } of pages) {
      expect(html).toContain('class="badge">Development<')
      expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|src=/)
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action /,
      )
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('referrer-policy')).toMatch(/^(?:no-referrer|same-origin)$/)
    }
  })
})

async function getWithHost(
  { port }: TestServer,
  path: string,
  host: string,
): Promise<{ status: number; text: string }> {
  const sent = request({ host: 'localhost', port, path, headers: { host } }).end()
  const [response] = await once(sent, 'response')
  let text = ''
  for await (const chunk of response) text += chunk
  return { status: response.statusCode, text }
}
