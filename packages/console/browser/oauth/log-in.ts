import * as oauth from 'oauth4webapi'
import { ownAddress } from '../own-address.js'
import { bearerParameter } from '../protocol/challenge.js'
import { type Exchange, exchange } from '../protocol/exchange.js'
import { probe } from '../protocol/requests.js'
import type { LoginWindow } from './login-window.js'

export interface LoginRequest {
  readonly resource: string
  /** Whom the login page suggests; who logs in is decided there. */
  readonly user: string
  /** Whether somebody else may be logged in there, so that the login page is wanted and not only the consent page. */
  readonly afresh: boolean
  readonly scopes: readonly string[]
  /** An id that the authorization server knows already; without one the console registers itself. */
  readonly clientId: string | undefined
  /** Where the last challenge said that the metadata is; without one the server is asked for a challenge. */
  readonly metadata: string | undefined
  readonly window: LoginWindow
}

/** What is told while it goes on. */
export interface LoginReport {
  /** The question without a token, whose challenge starts everything. */
  asked(exchange: Exchange): void
  /** One step that was done, in words. */
  note(text: string): void
}

/** A token, and whose it is. It lives in the memory of this page and nowhere else. */
export interface Login {
  readonly user: string
  readonly scopes: readonly string[]
  readonly token: string
}

const redirectUri = `${location.origin}/console/callback`

/** Registrations of this page, by issuer: one is enough for any number of logins. */
const registrations = new Map<string, oauth.Client>()

/**
 * A login the way MCP clients do it (MCP, Authorization): challenge, protected
 * resource metadata, authorization server metadata, registration, code with PKCE.
 *
 * @throws Error whose message says in words what went wrong
 */
export async function logIn(request: LoginRequest, report: LoginReport): Promise<Login> {
  const server = await findAuthorizationServer(request, report)
  try {
    const client = await registered(server, request.clientId, report)
    const secrets = newSecrets(server)
    const address = authorizationAddress(server, await authorizationParameters(request, client, secrets))
    report.note(`Opened the login window and asked for ${request.scopes.join(' ') || 'no scope'}`)
    const answer = await request.window.answer(address, secrets.state)
    const tokens = await redeem(request, { server, client, secrets }, answer)
    report.note('The code came back; exchanged it for a token')
    return loginOf(request, tokens)
  } catch (error) {
    // The server may have forgotten this page, its state deleted: the next try registers anew.
    registrations.delete(server.issuer)
    throw error
  }
}

/** What this page alone knows of one login. */
interface Secrets {
  readonly verifier: string
  readonly state: string
  /** Present where `openid` is offered: with it the answer says who logged in, and nothing else is asked of it. */
  readonly nonce: string | undefined
}

function newSecrets({ scopes_supported: offered }: oauth.AuthorizationServer): Secrets {
  return {
    verifier: oauth.generateRandomCodeVerifier(),
    state: oauth.generateRandomState(),
    nonce: offered?.includes('openid') ? oauth.generateRandomNonce() : undefined,
  }
}

async function authorizationParameters(
  { resource, scopes, user, afresh }: LoginRequest,
  { client_id }: oauth.Client,
  { verifier, state, nonce }: Secrets,
): Promise<Readonly<Record<string, string>>> {
  const scope = [...(nonce === undefined ? [] : ['openid']), ...scopes].join(' ')
  return {
    client_id,
    response_type: 'code',
    redirect_uri: redirectUri,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    resource,
    state,
    ...(scope === '' ? {} : { scope }),
    ...(nonce === undefined ? {} : { nonce }),
    ...(user === '' ? {} : { login_hint: user }),
    ...(afresh ? { prompt: 'login' } : {}),
  }
}

interface Parties {
  readonly server: oauth.AuthorizationServer
  readonly client: oauth.Client
  readonly secrets: Secrets
}

function redeem(
  { resource }: LoginRequest,
  { server, client, secrets: { verifier, state, nonce } }: Parties,
  answer: URLSearchParams,
): Promise<oauth.TokenEndpointResponse> {
  return said(async () => {
    // Checks `state` and `iss` (RFC 9207).
    const parameters = oauth.validateAuthResponse(server, client, answer, state)
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      parameters,
      redirectUri,
      verifier,
      { additionalParameters: { resource }, ...insecure(server.issuer) },
    )
    const expected = nonce === undefined ? {} : { expectedNonce: nonce, requireIdToken: true }
    return oauth.processAuthorizationCodeResponse(server, client, response, expected)
  })
}

function loginOf({ user, scopes }: LoginRequest, tokens: oauth.TokenEndpointResponse): Login {
  // RFC 6749 section 5.1: without a scope it is the one that was asked for.
  const granted = tokens.scope?.split(' ').filter((name) => name !== '' && name !== 'openid') ?? scopes
  const subject = oauth.getValidatedIdTokenClaims(tokens)?.sub
  return { user: subject ?? user, scopes: granted, token: tokens.access_token }
}

async function findAuthorizationServer(
  { resource, metadata: known }: LoginRequest,
  report: LoginReport,
): Promise<oauth.AuthorizationServer> {
  const metadata = known ?? (await challengedBy(resource, report))
  const found = await said(async () => {
    // Without a challenge (a server with public tools only) it is where RFC 9728 section 3.1 says.
    const response =
      metadata === undefined
        ? await oauth.resourceDiscoveryRequest(
            new URL(ownAddress(resource, resource, location.origin)),
            insecure(location.origin),
          )
        : await fetch(ownAddress(metadata, resource, location.origin), { credentials: 'omit' })
    return oauth.processResourceDiscoveryResponse(new URL(resource), response)
  })
  const issuer = found.authorization_servers?.[0]
  if (issuer === undefined) throw new Error('The protected resource metadata names no authorization server.')
  report.note(`The protected resource metadata names the authorization server ${issuer}`)
  const server = await metadataOf(new URL(issuer))
  report.note('Read the metadata of the authorization server')
  return server
}

async function challengedBy(resource: string, report: LoginReport): Promise<string | undefined> {
  const { answer, failure } = await exchange(
    ownAddress(resource, resource, location.origin),
    probe(),
    undefined,
    (shown) => report.asked(shown),
  )
  if (failure !== undefined) throw new Error(failure)
  return bearerParameter(answer?.challenges ?? [], 'resource_metadata')
}

/** RFC 8414, and OpenID Connect Discovery where that is all there is. */
async function metadataOf(issuer: URL): Promise<oauth.AuthorizationServer> {
  const read = async (algorithm: 'oauth2' | 'oidc'): Promise<oauth.AuthorizationServer> => {
    const response = await oauth.discoveryRequest(issuer, { algorithm, ...insecure(issuer.href) })
    return oauth.processDiscoveryResponse(issuer, response)
  }
  return said(() => read('oauth2').catch(() => read('oidc')))
}

async function registered(
  server: oauth.AuthorizationServer,
  clientId: string | undefined,
  report: LoginReport,
): Promise<oauth.Client> {
  if (clientId !== undefined) return { client_id: clientId }
  const known = registrations.get(server.issuer)
  if (known) return known
  if (server.registration_endpoint === undefined) {
    throw new Error(
      `${server.issuer} lets no client register itself. Register one there for ${redirectUri}, and give its client id here.`,
    )
  }
  const client = await said(async () => {
    const response = await oauth.dynamicClientRegistrationRequest(
      server,
      {
        client_name: 'mcp-secure console',
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
      },
      insecure(server.issuer),
    )
    return oauth.processDynamicClientRegistrationResponse(response)
  })
  registrations.set(server.issuer, client)
  report.note(`Registered this page as a client`)
  return client
}

function authorizationAddress(server: oauth.AuthorizationServer, parameters: Readonly<Record<string, string>>): URL {
  if (server.authorization_endpoint === undefined) {
    throw new Error('The metadata of the authorization server names no authorization endpoint.')
  }
  const address = new URL(server.authorization_endpoint)
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value)
  return address
}

/** Plain http is for this computer only. */
function insecure(address: string): { [oauth.allowInsecureRequests]: boolean } {
  const { hostname } = new URL(address)
  return { [oauth.allowInsecureRequests]: ['localhost', '127.0.0.1', '[::1]'].includes(hostname) }
}

/** What the library throws, in words. */
async function said<Value>(work: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    throw new Error(wordsFor(error), { cause: error })
  }
}

function wordsFor(error: unknown): string {
  if (error instanceof oauth.AuthorizationResponseError) {
    if (error.error === 'access_denied') return 'The request was denied on the consent page.'
    return `The authorization server refused: ${error.error}${error.error_description ? `, ${error.error_description}` : ''}`
  }
  if (error instanceof oauth.ResponseBodyError) {
    return `The authorization server refused: ${error.error}${error.error_description ? `, ${error.error_description}` : ''}`
  }
  if (error instanceof TypeError && error.message.includes('fetch')) {
    return 'The authorization server did not answer this page: it is not running, or it does not allow requests from pages (CORS).'
  }
  return error instanceof Error ? error.message : String(error)
}
