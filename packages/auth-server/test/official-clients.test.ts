import { readFile } from 'node:fs/promises'
import { CookieJar, logIn } from '@mcp-secure/testing'
import { auth } from '@modelcontextprotocol/client'
import { auth as authV1 } from '@modelcontextprotocol/sdk/client/auth.js'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { introspect, type Json, post, RawClient } from './support/client.js'
import { freePort, startServer, type TestServer } from './support/server.js'

let server: TestServer
let resourceServer: FastifyInstance
let url: string

beforeAll(async () => {
  const port = await freePort()
  url = `http://localhost:${port}/mcp`
  server = await startServer({ resource: url })
  resourceServer = Fastify()
  const metadata = { resource: url, authorization_servers: [server.issuer], scopes_supported: ['notes:read'] }
  resourceServer.get('/.well-known/oauth-protected-resource/mcp', async () => metadata)
  await resourceServer.listen({ host: 'localhost', port })
})
afterAll(async () => {
  await resourceServer.close()
  await server.close()
})

/** The OAuth side of an application, for both official clients: what it is told, it keeps. */
class Application {
  readonly redirectUrl = 'http://127.0.0.1:53682/callback'
  readonly clientMetadata: Json
  readonly cookies: CookieJar = new CookieJar()
  readonly kept: Record<string, Json> = {}
  authorizationUrl: URL | undefined
  verifier = ''

  constructor(metadata: Json = {}) {
    this.clientMetadata = {
      client_name: 'Official client',
      redirect_uris: [this.redirectUrl],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      ...metadata,
    }
  }
  state = (): string => 'state-of-the-application'
  clientInformation = (): Json | undefined => this.kept.client
  saveClientInformation = (client: Json): void => this.#keep('client', client)
  tokens = (): Json | undefined => this.kept.tokens
  saveTokens = (tokens: Json): void => this.#keep('tokens', tokens)
  discoveryState = (): Json | undefined => this.kept.discovery
  saveDiscoveryState = (state: Json): void => this.#keep('discovery', state)
  saveCodeVerifier = (verifier: string): void => {
    this.verifier = verifier
  }
  codeVerifier = (): string => this.verifier
  redirectToAuthorization = (address: URL): void => {
    this.authorizationUrl = address
  }
  invalidateCredentials = (): void => {
    delete this.kept.tokens
  }

  #keep(name: string, value: Json): void {
    this.kept[name] = value
  }
}

/** The two entry points have types of their own for the same object. */
type Run = (application: Application, options: Record<string, unknown>) => Promise<string>
const clients: readonly (readonly [string, Run])[] = [
  ['@modelcontextprotocol/client 2.4', (application, options) => auth(application as never, options as never)],
  ['@modelcontextprotocol/sdk 1.32', (application, options) => authV1(application as never, options as never)],
]

describe.each(clients)('%s', (_, run) => {
  async function loggedIn(scope = 'notes:read'): Promise<Application> {
    const application = new Application()
    expect(await run(application, { serverUrl: url, scope })).toBe('REDIRECT')
    const callback = await logIn({ authorizationUrl: address(application), user: 'ada', cookies: application.cookies })
    expect(await run(application, { serverUrl: url, ...answerOf(callback) })).toBe('AUTHORIZED')
    return application
  }

  it('registers, logs in, and gets a token for the resource', async () => {
    const application = await loggedIn()
    const token = application.kept.tokens?.access_token
    expect(await introspect(server, token)).toMatchObject({ active: true, aud: url, scope: 'notes:read', sub: 'ada' })
    expect(application.kept.tokens).toHaveProperty('refresh_token')
  })

  it('refreshes, and the old refresh token is of no use', async () => {
    const application = await loggedIn()
    const old = application.kept.tokens
    expect(await run(application, { serverUrl: url })).toBe('AUTHORIZED')
    expect(application.kept.tokens?.refresh_token).not.toBe(old?.refresh_token)
    expect(await introspect(server, application.kept.tokens?.access_token)).toMatchObject({ active: true, aud: url })
  })

  it('P1 steps up with the registration that it has', async () => {
    const application = await loggedIn()
    const client = application.kept.client?.client_id
    delete application.kept.tokens
    expect(await run(application, { serverUrl: url, scope: 'notes:read notes:write' })).toBe('REDIRECT')
    const callback = await logIn({ authorizationUrl: address(application), user: 'ada', cookies: application.cookies })
    await run(application, { serverUrl: url, ...answerOf(callback) })
    expect(application.kept.client?.client_id).toBe(client)
    expect(application.kept.tokens).toMatchObject({ scope: 'notes:read notes:write' })
  })

  it('gets access_denied with iss and state when the user denies', async () => {
    const application = new Application()
    await run(application, { serverUrl: url, scope: 'notes:read' })
    const callback = await logIn({ authorizationUrl: address(application), user: 'ada', decision: 'deny' })
    expect(Object.fromEntries(callback.searchParams)).toMatchObject({
      error: 'access_denied',
      iss: server.issuer,
      state: 'state-of-the-application',
    })
  })

  it('Q24 starts over when its tokens were revoked', async () => {
    const application = await loggedIn()
    const raw = new RawClient(server)
    await raw.revoke(application.kept.tokens?.refresh_token, { client_id: String(application.kept.client?.client_id) })
    expect(await run(application, { serverUrl: url, scope: 'notes:read' })).toBe('REDIRECT')
  })

  it('uses a client id metadata document where it has one, without the internet', async () => {
    const application = Object.assign(new Application(), { clientMetadataUrl: 'https://offline.example/client.json' })
    await run(application, { serverUrl: url, scope: 'notes:read' })
    expect(address(application).searchParams.get('client_id')).toBe('https://offline.example/client.json')
    const callback = await logIn({ authorizationUrl: address(application), user: 'grace' })
    await run(application, { serverUrl: url, ...answerOf(callback) })
    expect(await introspect(server, application.kept.tokens?.access_token)).toMatchObject({
      active: true,
      sub: 'grace',
    })
  })
})

describe('requests as they were recorded', () => {
  interface Recorded {
    readonly client: string
    readonly registration: Json
    readonly authorization: string
    readonly token: string
  }
  const files = ['claude-code-2.1.330', 'codex-0.169.0']

  it.each(files)('%s logs in', async (name) => {
    const file = new URL(`./golden/${name}.json`, import.meta.url)
    const recorded: Recorded = JSON.parse(await readFile(file, 'utf8'))
    const registered = await post(`${server.issuer}/reg`, recorded.registration)
    expect(registered.status).toBe(201)
    const client = new RawClient(server)
    client.clientId = String(registered.body.client_id)
    const challenge = client.authorizationUrl().searchParams.get('code_challenge') ?? ''
    const authorization = fill(recorded.authorization, {
      client_id: client.clientId,
      code_challenge: challenge,
      state: 'recorded',
      resource: encodeURIComponent(url),
    })
    const callback = await logIn({ authorizationUrl: `${server.issuer}/auth?${authorization}`, user: 'ada' })
    const body = fill(recorded.token, {
      code: callback.searchParams.get('code') ?? '',
      code_verifier: client.verifier,
      client_id: client.clientId,
      resource: encodeURIComponent(url),
    })
    const response = await fetch(`${server.issuer}/token`, { method: 'POST', body: new URLSearchParams(body) })
    expect(response.status).toBe(200)
    expect(await introspect(server, ((await response.json()) as Json).access_token)).toMatchObject({ aud: url })
  })
})

function address(application: Application): URL {
  if (!application.authorizationUrl) throw new Error('nobody was asked to log in')
  return application.authorizationUrl
}

/** What an application hands on of its callback. */
function answerOf(callback: URL): Record<string, unknown> {
  return { authorizationCode: callback.searchParams.get('code'), iss: callback.searchParams.get('iss') }
}

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '')
}
