import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { RESOURCE } from '../http/request.js'
import { createKey, jwkOf, type Part, type SigningKey, signed } from './keys.js'
import { listen } from './listen.js'

export const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'

type Claims = Readonly<Record<string, unknown>>

/** A whole answer of an endpoint, in place of the honest one. */
export interface Staged {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Of the token endpoint it may depend on what was asked. */
  readonly body?: string | Buffer | ((form: URLSearchParams) => string)
  /** Ends the connection instead of answering. */
  readonly hangUp?: boolean
}

export type Endpoint = 'metadata' | 'jwks' | 'introspection' | 'token'

/** Milliseconds: sooner after an answer nobody closes a connection that could be used again. */
const AT_ONCE = 1_000

/**
 * An issuer that a server under attack trusts. It signs anything, says anything
 * about any token, and its endpoints can be made to lie or to fail.
 */
export class HostileIssuer {
  readonly issuer: string
  /** The secret of the client that may introspect. */
  readonly secret: string = randomBytes(16).toString('hex')
  readonly requests: Record<Endpoint, number> = { metadata: 0, jwks: 0, introspection: 0, token: 0 }
  /** When somebody who had asked was gone before the answer was: it came too late, as on a machine with too much to do. */
  readonly tooLate: number[] = []
  /** Every token that it gave out, which must never be logged. */
  readonly issued: Set<string> = new Set()
  /** Those among them that it gave for others. */
  readonly exchanged: Set<string> = new Set()
  readonly #staged: Map<Endpoint, Staged> = new Map()
  readonly #opaque: Map<string, unknown> = new Map()
  readonly #close: () => Promise<void>
  readonly #reused: Map<string, string> = new Map()
  /** When each connection got its last answer. */
  readonly #answered: WeakMap<Socket, number> = new WeakMap()
  #keys: readonly SigningKey[] = [createKey('ES256'), createKey('RS256')]
  #next: readonly SigningKey[] = []

  private constructor(port: number, close: () => Promise<void>) {
    this.issuer = `http://127.0.0.1:${port}`
    this.#close = close
  }

  static async start(): Promise<HostileIssuer> {
    let made: HostileIssuer | undefined
    const { port, close } = await listen(createServer((request, response) => void made?.answer(request, response)))
    made = new HostileIssuer(port, close)
    return made
  }

  /** The keys that its key set holds. */
  get es(): SigningKey {
    return this.#key('ES256')
  }

  get rs(): SigningKey {
    return this.#key('RS256')
  }

  /** Publishes new keys beside those in use. */
  publishNextKeys(): void {
    this.#next = [createKey('ES256'), createKey('RS256')]
  }

  /** Signs with the new keys, and publishes the old ones still. */
  useNextKeys(): void {
    const old = this.#keys
    this.#keys = this.#next
    this.#next = old
  }

  forgetOldKeys(): void {
    this.#next = []
  }

  /** Claims of a good token, but for what is asked otherwise; `undefined` removes one. */
  claims(changed: Claims = {}): Claims {
    const now = Math.floor(Date.now() / 1000)
    const claims: Claims = {
      iss: this.issuer,
      aud: RESOURCE,
      sub: 'mallory',
      client_id: 'attacker',
      scope: 'items:read items:write items:erase',
      iat: now - 1,
      exp: now + 600,
      jti: randomBytes(8).toString('hex'),
      ...changed,
    }
    return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined))
  }

  header(changed: Claims = {}, key: SigningKey = this.es): Claims {
    const header: Claims = { alg: key.alg, kid: key.kid, typ: 'at+jwt', ...changed }
    return Object.fromEntries(Object.entries(header).filter(([, value]) => value !== undefined))
  }

  /** A token, good but for what is asked otherwise. */
  token(claims: Claims = {}, header: Claims = {}, key: SigningKey = this.es): string {
    return this.sign(this.header(header, key), this.claims(claims), key)
  }

  /** A token whose parts are exactly these. */
  sign(header: Part, claims: Part, key: SigningKey = this.es): string {
    const token = signed(header, claims, key)
    this.issued.add(token)
    return token
  }

  /** An opaque token, of which introspection says this. */
  opaque(answer: unknown): string {
    const token = randomBytes(24).toString('base64url')
    this.issued.add(token)
    this.#opaque.set(token, answer)
    return token
  }

  /** One opaque token for each name, again and again. */
  opaqueOnce(name: string, answer: unknown): string {
    const token = this.#reused.get(name) ?? this.opaque(answer)
    this.#reused.set(name, token)
    return token
  }

  /** Forgets which JWTs were given out, for runs that last. */
  forgetJwts(): void {
    this.issued.clear()
  }

  /** Forgets the tokens of before, for runs that last. */
  forget(): void {
    this.issued.clear()
    this.#opaque.clear()
  }

  revoke(token: string): void {
    this.#opaque.delete(token)
  }

  /** Makes an endpoint answer this, until called without. */
  stage(endpoint: Endpoint, answer?: Staged): void {
    if (answer === undefined) this.#staged.delete(endpoint)
    else this.#staged.set(endpoint, answer)
  }

  stop(): Promise<void> {
    return this.#close()
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#watch(request.socket, response)
    const { pathname } = new URL(request.url ?? '/', this.issuer)
    const form = new URLSearchParams(await text(request))
    if (pathname === '/.well-known/oauth-authorization-server')
      return this.#send('metadata', response, this.#metadata())
    if (pathname === '/jwks') return this.#send('jwks', response, { keys: [...this.#keys, ...this.#next].map(jwkOf) })
    if (pathname === '/introspect') {
      const known = this.#opaque.get(form.get('token') ?? '')
      return this.#send('introspection', response, known ?? { active: false })
    }
    if (pathname === '/token') return this.#send('token', response, this.#exchanged(), form)
    response.writeHead(404).end()
  }

  /** RFC 8693 section 2.2.1. */
  #exchanged(): Claims {
    const token = randomBytes(24).toString('base64url')
    this.issued.add(token)
    this.exchanged.add(token)
    return { access_token: token, issued_token_type: ACCESS_TOKEN, token_type: 'Bearer', expires_in: 600 }
  }

  /**
   * Whoever asks keeps the connection for the next question. If it is gone before the answer, or as soon as that was
   * written, nobody waited for it any more: the question lay here unread for too long.
   */
  #watch(socket: Socket, response: ServerResponse): void {
    response.once('close', () => {
      if (!response.writableFinished) this.tooLate.push(Date.now())
    })
    response.once('finish', () => this.#answered.set(socket, Date.now()))
    if (this.#answered.has(socket)) return
    this.#answered.set(socket, Number.NEGATIVE_INFINITY)
    socket.once('close', () => {
      if (Date.now() - (this.#answered.get(socket) ?? 0) < AT_ONCE) this.tooLate.push(Date.now())
    })
  }

  #send(endpoint: Endpoint, response: ServerResponse, honest: unknown, form = new URLSearchParams()): void {
    this.requests[endpoint] += 1
    const { status = 200, headers, body, hangUp } = this.#staged.get(endpoint) ?? {}
    if (hangUp) {
      response.destroy()
      return
    }
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    const staged = typeof body === 'function' ? body(form) : body
    response.end(staged ?? (typeof honest === 'string' ? honest : JSON.stringify(honest)))
  }

  #metadata(): Claims {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      jwks_uri: `${this.issuer}/jwks`,
      introspection_endpoint: `${this.issuer}/introspect`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
    }
  }

  #key(alg: SigningKey['alg']): SigningKey {
    const key = this.#keys.find((one) => one.alg === alg)
    if (key === undefined) throw new Error(`The issuer holds no ${alg} key.`)
    return key
  }
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
