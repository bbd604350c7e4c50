import { createHash, randomBytes } from 'node:crypto'
import { CookieJar, logIn } from '@mcp-secure/testing'
import type { Answer } from '../http/answer.js'
import type { World } from '../world/world.js'

/** Parameters of a request; `undefined` leaves a usual one out, a list repeats one. */
export type Parameters = Readonly<Record<string, string | readonly string[] | undefined>>

export const NOTES: string = 'http://localhost:3000/mcp'
export const HOSTED: string = 'https://app.example/cb'

/** A client of the embedded authorization server, made of plain requests, to send what no library would. */
export class Client {
  readonly issuer: string
  readonly id: string
  readonly redirectUri: string
  readonly verifier: string = randomBytes(32).toString('base64url')

  private constructor(issuer: string, id: string, redirectUri: string) {
    this.issuer = issuer
    this.id = id
    this.redirectUri = redirectUri
  }

  static async register(world: World, metadata: Readonly<Record<string, unknown>> = {}): Promise<Client> {
    const wanted = { redirect_uris: [HOSTED], ...metadata }
    const answer = await register(world, wanted)
    const id = String(JSON.parse(answer.text).client_id)
    return new Client(world.authorization.issuer, id, String(wanted.redirect_uris[0]))
  }

  /** One that says where its document is. */
  static at(world: World, id: string, redirectUri: string = HOSTED): Client {
    return new Client(world.authorization.issuer, id, redirectUri)
  }

  authorizationUrl(changed: Parameters = {}): URL {
    const url = new URL(`${this.issuer}/auth`)
    append(url.searchParams, {
      response_type: 'code',
      client_id: this.id,
      redirect_uri: this.redirectUri,
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      state: 'state',
      scope: 'notes:read',
      resource: NOTES,
      ...changed,
    })
    return url
  }

  /** The first answer to a browser that comes with this request. */
  authorize(changed: Parameters = {}): Promise<Answer> {
    return get(this.authorizationUrl(changed))
  }

  /** A whole login of somebody who agrees: where the browser is sent then. */
  logIn(changed: Parameters = {}, cookies: CookieJar = new CookieJar()): Promise<URL> {
    return logIn({ authorizationUrl: this.authorizationUrl(changed), user: 'ada', cookies })
  }

  async code(changed: Parameters = {}): Promise<string> {
    return (await this.logIn(changed)).searchParams.get('code') ?? ''
  }

  redeem(code: string, changed: Parameters = {}): Promise<Answer> {
    return this.token({
      grant_type: 'authorization_code',
      code,
      code_verifier: this.verifier,
      redirect_uri: this.redirectUri,
      resource: NOTES,
      ...changed,
    })
  }

  refresh(token: string, changed: Parameters = {}): Promise<Answer> {
    return this.token({ grant_type: 'refresh_token', refresh_token: token, resource: NOTES, ...changed })
  }

  token(parameters: Parameters, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return postForm(`${this.issuer}/token`, { client_id: this.id, ...parameters }, headers)
  }

  async tokens(changed: Parameters = {}): Promise<{ readonly access: string; readonly refresh: string }> {
    const { text } = await this.redeem(await this.code(changed))
    const { access_token: access, refresh_token: refresh } = JSON.parse(text)
    return { access: String(access), refresh: String(refresh) }
  }
}

export function register(world: World, metadata: Readonly<Record<string, unknown>>): Promise<Answer> {
  const usual = {
    client_name: 'Attacker',
    redirect_uris: [HOSTED],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'none',
  }
  return send(`${world.authorization.issuer}/reg`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...usual, ...metadata }),
  })
}

/** What the resource server is told about a token. */
export async function introspect(world: World, token: string): Promise<boolean> {
  const basic = Buffer.from(`mcp-resource-server:${world.issuer.secret}`).toString('base64')
  const url = `${world.authorization.issuer}/token/introspection`
  const { text } = await postForm(url, { token }, { authorization: `Basic ${basic}` })
  return JSON.parse(text).active === true
}

export function get(url: string | URL, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return send(url, { headers: { accept: 'text/html', ...headers } })
}

export function postForm(
  url: string,
  parameters: Parameters,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const body = new URLSearchParams()
  append(body, parameters)
  return send(url, { method: 'POST', body, headers })
}

export async function send(url: string | URL, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, { ...init, redirect: 'manual' })
  return { status: response.status, headers: [...response.headers], text: await response.text() }
}

function append(target: URLSearchParams, parameters: Parameters): void {
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value ?? []].flat()) target.append(name, one)
  }
}
