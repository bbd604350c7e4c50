import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { introspect, RawClient } from './support/client.js'
import { Browser } from './support/pages.js'
import { startServer, type TestServer } from './support/server.js'

let server: TestServer
let origin: string

beforeAll(async () => {
  server = await startServer({ path: '/tenants/notes' })
  origin = new URL(server.issuer).origin
})
afterAll(() => server.close())

describe('an issuer with a path', () => {
  it.each([
    '/.well-known/oauth-authorization-server/tenants/notes',
    '/.well-known/openid-configuration/tenants/notes',
    '/tenants/notes/.well-known/openid-configuration',
    '/tenants/notes/.well-known/oauth-authorization-server',
  ])('AS-03 AS-04 has its metadata at %s', async (path) => {
    const response = await fetch(origin + path)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      issuer: server.issuer,
      authorization_endpoint: `${server.issuer}/auth`,
      token_endpoint: `${server.issuer}/token`,
      registration_endpoint: `${server.issuer}/reg`,
      jwks_uri: `${server.issuer}/jwks`,
    })
    expect((await fetch(origin + path, { method: 'HEAD' })).status).toBe(200)
  })

  it.each(['/.well-known/oauth-authorization-server', '/auth', '/token', '/tenants', '/tenants/notes-other/jwks'])(
    'has nothing at %s',
    async (path) => {
      expect((await fetch(origin + path)).status).toBe(404)
    },
  )

  it('logs in, with steps, cookies and iss under the path', async () => {
    const client = await RawClient.registered(server)
    const callback = await client.logIn({ scope: undefined })
    expect(callback.searchParams.get('iss')).toBe(server.issuer)
    const { body } = await client.redeem(callback.searchParams.get('code'))
    expect(await introspect(server, body.access_token)).toMatchObject({ active: true, iss: server.issuer })
    expect((await client.refresh(body.refresh_token)).status).toBe(200)
  })

  it('shows its page at the path, with or without a slash, and links that work', async () => {
    for (const path of ['/tenants/notes', '/tenants/notes/', '/']) {
      const { status, html } = await new Browser().open(origin + path)
      expect(status).toBe(200)
      expect(html).toContain(server.issuer)
      for (const [, link = ''] of html.matchAll(/href="([^"]*)"/g)) {
        expect((await fetch(new URL(link, origin))).status).toBe(200)
      }
    }
  })
})
