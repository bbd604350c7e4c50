import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'

/** What `createTestIssuer` starts with. */
export interface TestIssuerOptions {
  /** The `aud` of tokens that do not say otherwise: the resource under test. */
  readonly audience: string
  /** The issuer's path, such as `/tenant`. By default it has none. */
  readonly path?: string
  /** Where its metadata is found: RFC 8414, or OpenID Connect Discovery only. */
  readonly discovery?: 'oauth' | 'oidc'
  /** Algorithms to hold a key for; the first one signs by default. `['ES256']` if left out. */
  readonly algorithms?: readonly [string, ...string[]]
  /** What its metadata says instead of its own `issuer`, to test that nobody believes it. */
  readonly metadataIssuer?: string
}

/** A token to issue: good unless told otherwise. */
export interface TokenRequest {
  readonly scopes?: readonly string[]
  /** `aud`; `null` leaves it out. */
  readonly audience?: string | readonly string[] | null
  /** `iss`, when it should not be this issuer's. */
  readonly issuer?: string
  /** The `typ` header of a JWT, `at+jwt` by default; `null` leaves it out. */
  readonly type?: string | null
  /** Seconds from now; negative is expired; `null` leaves `exp` out. 300 by default. */
  readonly expiresIn?: number | null
  /** One of the issuer's algorithms. */
  readonly algorithm?: string
  readonly subject?: string
  readonly clientId?: string
  /** `jwt` by default. An `opaque` token is known to the introspection endpoint only. */
  readonly form?: 'jwt' | 'opaque'
  /** More claims, or other values; `undefined` removes one. */
  readonly claims?: Readonly<Record<string, unknown>>
  /** More protected header parameters of a JWT. */
  readonly header?: Readonly<Record<string, unknown>>
}

/** How often each endpoint was asked since the start. */
export interface RequestCounts {
  metadata: number
  jwks: number
  introspection: number
}

/** An authorization server for tests, on real HTTP. It has no login: it hands out whatever token a test asks for. */
export interface TestIssuer {
  /** Its issuer identifier. */
  readonly issuer: string
  /** The client that may introspect. */
  readonly client: { readonly id: string; readonly secret: string }
  readonly requests: Readonly<RequestCounts>
  issue(request?: TokenRequest): Promise<string>
  /** A token with `alg: none` and no signature. */
  issueUnsigned(request?: TokenRequest): Promise<string>
  /** A token signed with HS256 and the issuer's public key, PEM, as the secret (RFC 8725 section 2.1). */
  issueSignedWithPublicKey(request?: TokenRequest): Promise<string>
  /** Makes introspection answer `active: false` for this token. */
  revoke(token: string): void
  /** Replaces every key; the old ones disappear from the key set. */
  rotateKeys(): Promise<void>
  /** Makes introspection wait until the returned function is called. */
  holdIntrospection(): () => void
  /** Makes introspection answer with this status and body, until called without. */
  answerIntrospection(answer?: { readonly status: number; readonly body: string }): void
  /** Closes the port and every connection. */
  stop(): Promise<void>
  /** Listens on the same port again. */
  restart(): Promise<void>
}

interface SigningKey {
  readonly algorithm: string
  readonly kid: string
  readonly privateKey: CryptoKey
  readonly publicKey: CryptoKey
  readonly jwk: JWK
}

/** Starts an issuer on a loopback port that the system chooses. Stop it when the test is over. */
export async function createTestIssuer(options: TestIssuerOptions): Promise<TestIssuer> {
  const algorithms = options.algorithms ?? ['ES256']
  const state = {
    keys: await createKeys(algorithms),
    opaque: new Map<string, JWTPayload>(),
    held: Promise.resolve(),
    answer: undefined as { readonly status: number; readonly body: string } | undefined,
  }
  const requests: RequestCounts = { metadata: 0, jwks: 0, introspection: 0 }
  // RFC 6749 section 2.3.1 form-encodes both: these characters show whether a client does.
  const client = { id: 'resource server:1', secret: `${randomBytes(16).toString('hex')}:%+&` }

  let server: Server = createServer(answer)
  const port = await listen(server, 0)
  const path = options.path ?? ''
  const origin = `http://127.0.0.1:${port}`
  const issuer = `${origin}${path}`

  function answer(request: IncomingMessage, response: ServerResponse): void {
    route(request, response).catch(() => response.destroy())
  }

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', origin)
    if (pathname === metadataPath(options.discovery ?? 'oauth', path)) {
      requests.metadata += 1
      return json(response, 200, metadata(options.metadataIssuer ?? issuer, issuer))
    }
    if (pathname === `${path}/jwks`) {
      requests.jwks += 1
      return json(response, 200, { keys: state.keys.map((key) => key.jwk) })
    }
    if (pathname === `${path}/introspect` && request.method === 'POST') {
      requests.introspection += 1
      return introspect(request, response)
    }
    json(response, 404, { error: 'not_found' })
  }

  async function introspect(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await text(request))
    await state.held
    if (state.answer) {
      response.writeHead(state.answer.status, { 'content-type': 'application/json' }).end(state.answer.body)
      return
    }
    if (request.headers.authorization !== basic(client.id, client.secret)) {
      response.setHeader('www-authenticate', 'Basic')
      return json(response, 401, { error: 'invalid_client' })
    }
    const claims = state.opaque.get(digest(form.get('token') ?? ''))
    const expired = claims?.exp !== undefined && claims.exp * 1000 <= Date.now()
    json(response, 200, claims && !expired ? { active: true, token_type: 'Bearer', ...claims } : { active: false })
  }

  function claimsOf(request: TokenRequest): JWTPayload {
    const now = Math.floor(Date.now() / 1000)
    const audience = request.audience === undefined ? options.audience : request.audience
    const lifetime = request.expiresIn === undefined ? 300 : request.expiresIn
    const claims: Record<string, unknown> = {
      iss: request.issuer ?? issuer,
      sub: request.subject ?? 'ada',
      client_id: request.clientId ?? 'test-client',
      scope: (request.scopes ?? []).join(' '),
      iat: now + Math.min(0, lifetime ?? 0) - 1,
      jti: randomBytes(8).toString('hex'),
      ...(audience === null ? {} : { aud: audience }),
      ...(lifetime === null ? {} : { exp: now + lifetime }),
      ...request.claims,
    }
    return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined))
  }

  function headerOf(request: TokenRequest, alg: string, kid?: string): Record<string, unknown> & { alg: string } {
    const typ = request.type === undefined ? 'at+jwt' : request.type
    return { alg, ...(kid === undefined ? {} : { kid }), ...(typ === null ? {} : { typ }), ...request.header }
  }

  function keyFor(algorithm: string): SigningKey {
    const key = state.keys.find((candidate) => candidate.algorithm === algorithm)
    if (!key) throw new TypeError(`The test issuer has no ${algorithm} key: name it in "algorithms".`)
    return key
  }

  return {
    issuer,
    client,
    requests,
    async issue(request = {}) {
      if (request.form === 'opaque') {
        const token = randomBytes(24).toString('base64url')
        state.opaque.set(digest(token), claimsOf(request))
        return token
      }
      const key = keyFor(request.algorithm ?? algorithms[0])
      const header = headerOf(request, key.algorithm, key.kid)
      // jose refuses to sign a `crit` that it does not understand, unless told about it.
      const crit = Array.isArray(header.crit) ? Object.fromEntries(header.crit.map((name) => [name, true])) : undefined
      return new SignJWT(claimsOf(request)).setProtectedHeader(header).sign(key.privateKey, crit ? { crit } : {})
    },
    async issueUnsigned(request = {}) {
      return `${encode(headerOf(request, 'none'))}.${encode(claimsOf(request))}.`
    },
    async issueSignedWithPublicKey(request = {}) {
      const key = keyFor(algorithms[0])
      const secret = new TextEncoder().encode(await exportSPKI(key.publicKey))
      return new SignJWT(claimsOf(request)).setProtectedHeader(headerOf(request, 'HS256', key.kid)).sign(secret)
    },
    revoke(token) {
      state.opaque.delete(digest(token))
    },
    async rotateKeys() {
      state.keys = await createKeys(algorithms)
    },
    holdIntrospection() {
      let release = (): void => {}
      state.held = new Promise((resolve) => {
        release = resolve
      })
      return release
    },
    answerIntrospection(wanted) {
      state.answer = wanted
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
    async restart() {
      server = createServer(answer)
      await listen(server, port)
    },
  }
}

/** The same token with one character of its signature changed. */
export function tampered(token: string): string {
  const [header, payload, signature = ''] = token.split('.')
  const first = signature.startsWith('A') ? 'B' : 'A'
  return `${header}.${payload}.${first}${signature.slice(1)}`
}

async function createKeys(algorithms: readonly string[]): Promise<SigningKey[]> {
  return Promise.all(
    algorithms.map(async (algorithm) => {
      const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true })
      const kid = randomBytes(6).toString('hex')
      return { algorithm, kid, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: algorithm } }
    }),
  )
}

function metadata(claimed: string, base: string): Record<string, unknown> {
  return {
    issuer: claimed,
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    jwks_uri: `${base}/jwks`,
    introspection_endpoint: `${base}/introspect`,
    introspection_endpoint_auth_methods_supported: ['client_secret_basic'],
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
  }
}

function metadataPath(discovery: 'oauth' | 'oidc', path: string): string {
  // RFC 8414 section 3.1 inserts, OpenID Connect Discovery section 4 appends.
  return discovery === 'oauth'
    ? `/.well-known/oauth-authorization-server${path}`
    : `${path}/.well-known/openid-configuration`
}

function basic(id: string, secret: string): string {
  const form = (value: string): string => new URLSearchParams({ '': value }).toString().slice(1)
  return `Basic ${Buffer.from(`${form(id)}:${form(secret)}`).toString('base64')}`
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}
