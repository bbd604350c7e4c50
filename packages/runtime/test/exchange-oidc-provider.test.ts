import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { errors, Provider } from '../../auth-server/src/provider/oidc-provider.js'
import type { IssuerPolicy } from '../src/definition.js'
import type { ExchangeToken } from '../src/exchange/token-exchange.js'
import { RESOURCE } from './support/definition.js'
import { createHarness, type Harness, modern } from './support/harness.js'

const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
const FILES = 'https://files.example.com'
const CLIENT = { id: 'notes server', secret: 'a:b%c+d-0123456789' }

/** A real authorization server, with the grant type that RFC 8693 describes. */
interface Real {
  readonly issuer: string
  tokenOf(accountId: string): Promise<string>
  introspect(token: string): Promise<Record<string, unknown>>
  stop(): Promise<void>
}

async function startProvider(): Promise<Real> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const resourceServer = (scope: string): { scope: string; accessTokenFormat: 'opaque'; accessTokenTTL: number } => ({
    scope,
    accessTokenFormat: 'opaque',
    accessTokenTTL: 600,
  })
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        grant_types: [GRANT],
        response_types: [],
        redirect_uris: [],
        token_endpoint_auth_method: 'client_secret_basic',
      },
      {
        client_id: 'desk',
        client_secret: 'x',
        grant_types: ['client_credentials'],
        response_types: [],
        redirect_uris: [],
      },
    ],
    features: {
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      devInteractions: { enabled: false },
    },
    findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
  })
  const { AccessToken, Client, ResourceServer } = provider as unknown as Models
  provider.registerGrantType(
    GRANT,
    async (ctx: KoaContextWithOIDC) => {
      const { params = {}, client } = ctx.oidc
      const { subject_token: subject, subject_token_type: type, audience, scope } = params as Record<string, string>
      if (type !== ACCESS_TOKEN) throw new errors.InvalidRequest('subject_token_type')
      const found = await AccessToken.find(subject)
      if (found === undefined || found.aud !== RESOURCE) throw new errors.InvalidGrant('subject_token')
      if (audience !== FILES) throw new errors.InvalidTarget()
      const token = new AccessToken({ accountId: found.accountId, client, scope, gty: 'token_exchange' })
      token.resourceServer = new ResourceServer(FILES, resourceServer('files:read'))
      ctx.body = {
        access_token: await token.save(),
        issued_token_type: ACCESS_TOKEN,
        token_type: 'Bearer',
        expires_in: token.expiration,
        scope,
      }
    },
    ['subject_token', 'subject_token_type', 'requested_token_type', 'audience', 'resource', 'scope'],
    ['audience', 'resource'],
  )
  server.on('request', provider.callback())
  return {
    issuer,
    async tokenOf(accountId) {
      const token = new AccessToken({ accountId, client: await Client.find('desk'), scope: 'notes:read' })
      token.resourceServer = new ResourceServer(RESOURCE, resourceServer('notes:read'))
      return token.save()
    },
    async introspect(token) {
      const id = new URLSearchParams({ '': CLIENT.id }).toString().slice(1)
      const secret = new URLSearchParams({ '': CLIENT.secret }).toString().slice(1)
      const answer = await fetch(`${issuer}/token/introspection`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
        body: new URLSearchParams({ token }),
      })
      return (await answer.json()) as Record<string, unknown>
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** What its types leave out of the models. */
interface Models {
  readonly AccessToken: {
    new (properties: object): { resourceServer: unknown; readonly expiration: number; save(): Promise<string> }
    find(token: string | undefined): Promise<{ readonly accountId: string; readonly aud: string } | undefined>
  }
  readonly Client: { find(id: string): Promise<unknown> }
  readonly ResourceServer: new (audience: string, about: object) => unknown
}

let real: Real
let harness: Harness
const given: string[] = []
beforeAll(async () => {
  real = await startProvider()
  const client = { clientId: CLIENT.id, clientSecret: { env: 'CLIENT_SECRET' } }
  const policy: IssuerPolicy = {
    issuer: real.issuer,
    tokens: { form: 'opaque', introspection: client },
    tokenExchange: { form: 'rfc8693', ...client },
  }
  harness = await createHarness({
    issuers: [policy],
    tools: {
      read_file: {
        access: {
          access: 'scopes',
          scopes: ['notes:read'],
          downstream: [
            { audience: FILES, scopes: ['files:read'] },
            { audience: 'https://other.example.com', scopes: ['other'] },
          ],
        },
        run: async (_, context) => {
          const { exchangeToken } = context as { exchangeToken: ExchangeToken }
          given.push((await exchangeToken({ audience: FILES })).accessToken)
          return 'read'
        },
      },
      read_other: {
        access: { access: 'authenticated', downstream: [{ audience: 'https://other.example.com', scopes: ['other'] }] },
        run: (_, context) =>
          (context as { exchangeToken: ExchangeToken }).exchangeToken({ audience: 'https://other.example.com' }),
      },
    },
    environment: { CLIENT_SECRET: CLIENT.secret },
  })
})
afterAll(async () => {
  await harness.close()
  await real.stop()
})

test('TK-07: a real authorization server exchanges the token of a caller for one that the other service takes', async () => {
  const token = harness.secret(await real.tokenOf('ada'))
  const { body } = await modern(harness.app, 'tools/call', { name: 'read_file', arguments: {} }, { token })
  expect(body.result.content).toEqual([{ type: 'text', text: 'read' }])
  const [exchanged = ''] = given
  expect(exchanged).not.toBe(token)
  expect(await real.introspect(exchanged)).toMatchObject({
    active: true,
    sub: 'ada',
    aud: FILES,
    scope: 'files:read',
    client_id: CLIENT.id,
  })
})

test('what it refuses becomes an error that the person can read', async () => {
  const token = harness.secret(await real.tokenOf('ada'))
  const { body } = await modern(harness.app, 'tools/call', { name: 'read_other', arguments: {} }, { token })
  expect(body.result).toMatchObject({ isError: true })
  expect(body.result.content[0].text).toContain('You are not given access to https://other.example.com.')
  expect(harness.log()).toContain('"issuerSaid":{"error":"invalid_target"}')
})
