import { createHash, randomBytes } from 'node:crypto'
import { type CookieJar, logIn } from '@mcp-secure/testing'
import { introspectionSecret, resource, type TestServer } from './server.js'

export interface Json {
  readonly [name: string]: unknown
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Json
}

/** Members of a request; `undefined` leaves a usual one out. */
export type Parameters = Readonly<Record<string, string | readonly string[] | undefined>>

/** A client made of plain requests, to send what no library would. */
export class RawClient {
  readonly server: TestServer
  readonly verifier: string = randomBytes(32).toString('base64url')
  redirectUri = 'http://127.0.0.1:41741/callback'
  clientId = ''

  constructor(server: TestServer) {
    this.server = server
  }

  /** A client that is registered the way most are. */
  static async registered(server: TestServer, metadata: Json = {}): Promise<RawClient> {
    const client = new RawClient(server)
    const { status, body } = await client.register(metadata)
    if (status !== 201) throw new Error(`registration: ${status} ${JSON.stringify(body)}`)
    client.clientId = String(body.client_id)
    client.redirectUri = String((body.redirect_uris as string[])[0])
    return client
  }

  register(metadata: Json = {}): Promise<Answer> {
    return post(`${this.server.issuer}/reg`, {
      client_name: 'Raw client',
      redirect_uris: [this.redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      ...metadata,
    })
  }

  authorizationUrl(parameters: Parameters = {}): URL {
    const url = new URL(`${this.server.issuer}/auth`)
    const all: Parameters = {
      response_type: 'code',
      client_id: this.clientId,
      redirect_uri: this.redirectUri,
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      state: 'some-state',
      scope: 'notes:read',
      resource,
      ...parameters,
    }
    append(url.searchParams, all)
    return url
  }

  /** What the server answers to the browser's first request. */
  authorize(parameters: Parameters = {}): Promise<Response> {
    return fetch(this.authorizationUrl(parameters), { redirect: 'manual', headers: { accept: 'text/html' } })
  }

  logIn(parameters: Parameters = {}, { user = 'ada', decision = 'approve', cookies }: LoginAnswers = {}): Promise<URL> {
    return logIn({ authorizationUrl: this.authorizationUrl(parameters), user, decision, ...(cookies && { cookies }) })
  }

  redeem(code: string | null, parameters: Parameters = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.token(
      {
        grant_type: 'authorization_code',
        code: code ?? '',
        code_verifier: this.verifier,
        redirect_uri: this.redirectUri,
        resource,
        client_id: this.clientId,
        ...parameters,
      },
      headers,
    )
  }

  refresh(refreshToken: unknown, parameters: Parameters = {}): Promise<Answer> {
    return this.token({
      grant_type: 'refresh_token',
      refresh_token: String(refreshToken),
      client_id: this.clientId,
      ...parameters,
    })
  }

  /** A whole login: the body of the token response. */
  async tokens(parameters: Parameters = {}, answers: LoginAnswers = {}): Promise<Json> {
    const callback = await this.logIn(parameters, answers)
    const { status, body } = await this.redeem(callback.searchParams.get('code'))
    if (status !== 200) throw new Error(`token: ${status} ${JSON.stringify(body)}`)
    return body
  }

  token(parameters: Parameters, headers: Record<string, string> = {}): Promise<Answer> {
    return postForm(`${this.server.issuer}/token`, parameters, headers)
  }

  revoke(token: unknown, parameters: Parameters = {}): Promise<Answer> {
    return postForm(`${this.server.issuer}/token/revocation`, {
      token: String(token),
      client_id: this.clientId,
      ...parameters,
    })
  }
}

export interface LoginAnswers {
  readonly user?: string
  readonly decision?: 'approve' | 'deny'
  readonly cookies?: CookieJar
}

/** What the resource server learns of a token. */
export async function introspect(server: TestServer, token: unknown): Promise<Json> {
  const { body } = await postForm(
    `${server.issuer}/token/introspection`,
    { token: String(token) },
    { authorization: basic('mcp-resource-server', introspectionSecret) },
  )
  return body
}

export function basic(id: string, secret: string): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
}

export async function postForm(
  url: string,
  parameters: Parameters,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const body = new URLSearchParams()
  append(body, parameters)
  return answer(await fetch(url, { method: 'POST', body, headers }))
}

export async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  })
  return answer(response)
}

async function answer(response: Response): Promise<Answer> {
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) }
}

function append(target: URLSearchParams, parameters: Parameters): void {
  for (const [name, value] of Object.entries(parameters)) {
    for (const entry of [value ?? []].flat()) target.append(name, entry)
  }
}

/** The error that a redirect carries to the client. */
export function redirectError(response: Response): string | null {
  return new URL(response.headers.get('location') ?? 'http://nowhere').searchParams.get('error')
}
