// No secret leaves by a log, an error, an audit record, a metric, a span, an answer or a handler's context: whole or in pieces.
import { executionAsyncResource } from 'node:async_hooks'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { inspect } from 'node:util'
import { type AuditEvent, type ServerDefinition, serverFactory } from '@mcp-secure/runtime'
import { trace, context as traceContext } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer } from '../src/http/answer.js'
import { exchange } from '../src/http/exchange.js'
import { bytesOf, legacy, modern, type RawRequest, RESOURCE } from '../src/http/request.js'
import { Secrets } from '../src/leaks/secrets.js'
import { textsIn } from '../src/leaks/walk.js'
import { HostileIssuer } from '../src/world/hostile-issuer.js'
import { createKey } from '../src/world/keys.js'
import { TARGET } from '../src/world/places.js'

const random = (): string => randomBytes(24).toString('base64url')
const FILES = { audience: 'https://files.example' }

interface Context {
  readonly exchangeToken?: (asked: object) => Promise<{ readonly accessToken: string }>
  readonly signal: AbortSignal
}
type Handler = (this: unknown, input: unknown, context: Context) => unknown

/** What a handler may do with all that it sees. */
const BEHAVIOURS: Readonly<Record<string, (seen: readonly unknown[], token: string, failure: unknown) => unknown>> = {
  returns: (seen, token) => `${inspect(seen, { depth: 8 })} ${token}`,
  throws: (seen, token, failure) => {
    const request = { headers: { authorization: `Bearer ${token}` } }
    throw Object.assign(new Error(`failed with ${token}`, { cause: failure ?? new Error(token) }), { seen, request })
  },
  tells: (seen, token, failure) => {
    const message = `${inspect(seen, { depth: 8 })} ${token} ${inspect(failure)}`
    throw Object.assign(new Error(message), { 'mcp-secure.tool-error': true })
  },
  'throws-what-is-no-error': (seen, token, failure) => {
    throw { seen, token, failure }
  },
  rethrows: (_seen, token, failure) => {
    if (failure !== undefined) throw failure
    return token === '' ? 'nothing' : 'something'
  },
}

/** One server, made from the generated files of `attack/target`, and everything that came out of it. */
class Watched {
  readonly secrets: Secrets = new Secrets()
  /** What clients sent as arguments: for the handler, and for nobody else. */
  readonly args: Secrets = new Secrets()
  /** The spans; what is recorded is not what a handler sees of the server. */
  readonly exporter: InMemorySpanExporter = new InMemorySpanExporter()
  readonly lines: string[] = []
  readonly audited: AuditEvent[] = []
  readonly answers: Answer[] = []
  /** What handlers could reach, and how often one ran. */
  readonly reached: Set<string> = new Set()
  runs = 0
  readonly modules: Set<unknown> = new Set([undefined])
  behaviour = 'rethrows'
  readonly issuer: HostileIssuer
  readonly form: 'jwt' | 'opaque'
  readonly metricsToken: string = this.secrets.add('the token of the metrics', random())
  #port = 0
  #close: () => Promise<void> = async () => {}

  constructor(issuer: HostileIssuer, form: 'jwt' | 'opaque') {
    this.issuer = issuer
    this.form = form
  }

  async start(folder: string): Promise<void> {
    const file = (text: string): string => {
      const path = join(folder, random())
      writeFileSync(path, text)
      return path
    }
    const exchangeSecret = this.secrets.add('the secret of the exchange', `${random()}:%+&`)
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    this.secrets.addKey('the private key', pem)
    const password = this.secrets.add('the password of the Redis', random())
    const environment = {
      NODE_ENV: 'test',
      MCP_RESOURCE: RESOURCE,
      ATTACK_ISSUER: this.issuer.issuer,
      ATTACK_EXCHANGE_SECRET: exchangeSecret,
      INTROSPECTION_SECRET: this.secrets.add('the secret of introspection', this.issuer.secret),
      EXCHANGE_KEY_FILE: file(pem),
      METRICS_TOKEN_FILE: file(`${this.metricsToken}\n`),
      MCP_STATE_SECRET: this.secrets.add('the secret of the states', random()),
      REDIS_URL_FILE: file(`redis://:${password}@127.0.0.1:1/0`),
    }
    const app = await serverFactory(this.#definition(await generated()))({
      environment,
      logger: { level: 'trace', stream: this.#stream() },
      audit: (event) => void this.audited.push(event),
    })
    await app.listen({ host: '127.0.0.1', port: 0 })
    this.#port = (app.server.address() as AddressInfo).port
    this.#close = () => app.close()
  }

  #stream(): Writable {
    const { lines } = this
    return new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk))
        done()
      },
    })
  }

  /** The generated server, with handlers that do the worst; of opaque tokens, and by a key, in its other form. */
  #definition({ policy, tools, resources, prompts, ...rest }: ServerDefinition): ServerDefinition {
    const worst = this.#worst()
    const reach = { downstream: [{ ...FILES, scopes: ['files:read'] }] }
    const over = <M extends object>(modules: Readonly<Record<string, M>> = {}): Record<string, M> =>
      Object.fromEntries(Object.entries(modules).map(([name, module]) => [name, { ...module, ...worst }]))
    const [issuer] = policy.issuers
    if (issuer === undefined) throw new Error('the target has no issuer')
    const client = { clientId: 'attack-target', clientSecret: { env: 'INTROSPECTION_SECRET' } }
    const opaque = {
      issuer: issuer.issuer,
      tokens: { form: 'opaque', introspection: client },
      tokenExchange: { form: 'rfc8693', clientId: 'attack-target', privateKey: { env: 'EXCHANGE_KEY' } },
    } as const
    const reaching = <P extends object>(policies: Readonly<Record<string, P>> = {}): Record<string, P> =>
      Object.fromEntries(Object.entries(policies).map(([name, rule]) => [name, { ...reach, ...rule }]))
    return {
      ...rest,
      policy: {
        ...policy,
        issuers: this.form === 'jwt' ? policy.issuers : [opaque],
        tools: reaching(policy.tools),
        resources: reaching(policy.resources),
        prompts: reaching(policy.prompts),
      },
      tools: over(tools),
      resources: over(resources),
      prompts: over(prompts),
    }
  }

  #worst(): { run: Handler; read: Handler; list: (context: Context) => unknown; complete: object } {
    const watched = this
    const run: Handler = async function (input, context) {
      let token = ''
      let failure: unknown
      watched.runs += 1
      watched.note(textsIn([input, context, executionAsyncResource()], [watched.exporter]))
      // Its own module, with its schemas, is large and the same each time.
      if (!watched.modules.has(this)) watched.note(textsIn([this]))
      watched.modules.add(this)
      try {
        token = (await context.exchangeToken?.(FILES))?.accessToken ?? ''
      } catch (error) {
        failure = error
      }
      watched.note(textsIn([failure, executionAsyncResource()], [watched.exporter]))
      const behave = BEHAVIOURS[watched.behaviour] ?? expect.fail('no such behaviour')
      return behave([input, context, this], token, failure)
    }
    const complete = (_value: string, context: Context): unknown => run.call(undefined, {}, context)
    return {
      run,
      read: run,
      list: (context) => run.call(undefined, {}, context),
      complete: { id: complete, path: complete },
    }
  }

  note(texts: ReadonlySet<string>): void {
    for (const text of texts) this.reached.add(text)
  }

  /** A token of somebody, which is a secret. */
  token(claims: Readonly<Record<string, unknown>> = {}, header: Readonly<Record<string, unknown>> = {}): string {
    if (this.form === 'jwt') return this.secrets.addJwt('the token of a caller', this.issuer.token(claims, header))
    const answer = { active: true, token_type: 'Bearer', ...this.issuer.claims(claims) }
    return this.secrets.add('the token of a caller', this.issuer.opaque(answer))
  }

  async send(request: RawRequest): Promise<void> {
    this.answers.push(...(await exchange(this.#port, bytesOf(request))))
  }

  async sendBytes(text: string): Promise<void> {
    this.answers.push(...(await exchange(this.#port, text)))
  }

  async metrics(): Promise<string> {
    const headers = { authorization: `Bearer ${this.metricsToken}` }
    const [answer] = await exchange(this.#port, bytesOf({ method: 'GET', target: '/metrics', headers }))
    expect(answer?.status).toBe(200)
    return answer?.text ?? ''
  }

  close(): Promise<void> {
    return this.#close()
  }
}

/** As `mcp-gen build` wrote it, compiled. By its address: its types are those of another project. */
async function generated(): Promise<ServerDefinition> {
  const module = await import(pathToFileURL(join(TARGET, 'dist', 'generated', 'server.gen.js')).href)
  return module.definition as ServerDefinition
}

const CALLS: readonly RawRequest[] = [
  modern('tools/call', { name: 'forward_item', arguments: { id: 'one' } }),
  legacy('tools/call', { name: 'read_item', arguments: { id: 'one' } }),
  modern('resources/read', { uri: 'items://item/one' }),
  legacy('resources/list'),
  modern('prompts/get', { name: 'ask', arguments: { id: 'one' } }),
  legacy('completion/complete', { ref: { type: 'ref/prompt', name: 'ask' }, argument: { name: 'id', value: '' } }),
]

/** Requests of every kind, good and bad, with secrets in every place where somebody could put one. */
async function drive(watched: Watched): Promise<void> {
  const { issuer, secrets } = watched
  for (const behaviour of Object.keys(BEHAVIOURS)) {
    watched.behaviour = behaviour
    for (const call of CALLS) await watched.send({ ...call, token: watched.token() })
  }
  await refused(watched)
  await misplaced(watched)
  for (const [index, staged] of failures(secrets).entries()) {
    issuer.stage('token', staged)
    watched.behaviour = Object.keys(BEHAVIOURS)[index % 5] ?? 'rethrows'
    for (const call of CALLS) await watched.send({ ...call, token: watched.token() })
  }
  issuer.stage('token')
  // The issuer is gone: nobody can be verified who is not known yet.
  for (const endpoint of ['metadata', 'jwks', 'introspection'] as const) issuer.stage(endpoint, { hangUp: true })
  for (const call of CALLS) await watched.send({ ...call, token: watched.token({}, { kid: random() }) })
  for (const endpoint of ['metadata', 'jwks', 'introspection'] as const) issuer.stage(endpoint)
}

/** Ways in which a token endpoint fails, and says too much. */
function failures(secrets: Secrets): readonly Parameters<HostileIssuer['stage']>[1][] {
  const said = (form: URLSearchParams): string => JSON.stringify([...form])
  const failing = (status: number, error: string) => ({
    status,
    body: (form: URLSearchParams) =>
      JSON.stringify({
        error,
        error_description: said(form),
        error_uri: said(form),
        suberror: said(form),
        claims: said(form),
      }),
  })
  const partly = secrets.add('a token that is none to give', random())
  return [
    failing(400, 'interaction_required'),
    failing(400, 'invalid_grant'),
    failing(400, 'invalid_scope'),
    failing(401, 'invalid_client'),
    failing(500, 'server_error'),
    { body: (form) => JSON.stringify({ error: said(form) }), status: 400 },
    { body: (form) => JSON.stringify({ access_token: form.get('subject_token'), token_type: 'Bearer' }) },
    { body: JSON.stringify({ access_token: partly, token_type: 'N_A' }) },
    { body: said },
    { hangUp: true },
  ]
}

/** Tokens that are refused, each for another reason. */
async function refused(watched: Watched): Promise<void> {
  const [call] = CALLS
  const claims = [
    { exp: 1 },
    { aud: 'https://other.example' },
    { scope: '' },
    { iss: 'https://evil.example' },
    { sub: '' },
  ]
  for (const wrong of claims) await watched.send({ ...call, token: watched.token(wrong) })
  if (watched.form === 'jwt') {
    await watched.send({
      ...call,
      token: watched.secrets.addJwt('a token of a stranger', strangersToken(watched.issuer)),
    })
  }
  const opaque = watched.secrets.add('an opaque token that nobody knows', random())
  await watched.send({ ...call, token: opaque })
  await watched.send({ ...call, token: `${watched.token()}ö` })
  await watched.send({
    ...call,
    headers: { ...call?.headers, authorization: [`Bearer ${watched.token()}`, 'Bearer x'] },
  })
}

function strangersToken(issuer: HostileIssuer): string {
  const key = createKey('ES256')
  return issuer.sign(issuer.header({}, key), issuer.claims(), key)
}

/** Tokens, codes and passwords where they do not belong. */
async function misplaced(watched: Watched): Promise<void> {
  const { secrets } = watched
  const secret = (): string => secrets.add('what a client put somewhere', random())
  const argument = (): string => watched.args.add('an argument', random())
  const [call] = CALLS
  const token = watched.token()
  for (const target of [
    `/mcp?access_token=${watched.token()}`,
    `/mcp?code=${secret()}&state=${secret()}`,
    `/?q=${secret()}`,
    `/mcp/${watched.token()}`,
    `/callback/${secret()}?code=${secret()}`,
    `/nowhere%3Faccess_token=${secret()}`,
    `/nowhere/code=${secret()};state=${secret()}`,
  ]) {
    await watched.send({ ...call, target, token })
    await watched.send({ method: 'GET', target })
  }
  for (const name of [
    'cookie',
    'x-api-key',
    'proxy-authorization',
    'x-forwarded-access-token',
    'mcp-session-id',
    'origin',
  ]) {
    await watched.send({ ...call, token, headers: { ...call?.headers, [name]: `s=${secret()}` } })
  }
  await watched.send({ ...call, headers: { ...call?.headers, authorization: `Basic ${secret()}` } })
  const form = new URLSearchParams({ grant_type: 'authorization_code', code: secret(), client_secret: secret() })
  const type = { 'content-type': 'application/x-www-form-urlencoded' }
  await watched.send({ target: '/token', headers: type, body: String(form) })
  await watched.send({ headers: type, token, body: String(form) })
  await watched.send({ ...legacy('tools/call', { name: secret(), arguments: {} }), token })
  await watched.send({ ...legacy(secret(), { token: secret() }), token })
  await watched.send({
    ...legacy('tools/call', { name: 'read_item', arguments: { id: argument(), extra: argument() } }),
    token,
  })
  await watched.send({
    ...modern('tools/call', { name: 'write_item', arguments: { id: 'one', text: argument() } }),
    token,
  })
  await watched.send({ ...legacy('resources/read', { uri: `items://item/${argument()}` }), token })
  await watched.send({ token, body: `{"jsonrpc":"2.0","password":"${secret()}"` })
  // What Node cannot read as a request.
  await watched.sendBytes(`POST /mcp HTTP/1.1\r\nAuthorization : Bearer ${watched.token()}\r\n\r\n`)
  await watched.sendBytes(`POST /mcp HTTP/1.1\r\nHost: a\r\nX-Long: ${secret()}${'x'.repeat(20_000)}\r\n\r\n`)
  await watched.sendBytes(`GET http://${secret()}@attack.example/mcp HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)
}

describe.each(['jwt', 'opaque'] as const)('a generated server, with %s tokens', (form) => {
  let watched: Watched
  let folder: string
  let metrics: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mcp-leaks-'))
    const issuer = await HostileIssuer.start()
    watched = new Watched(issuer, form)
    const processor = new SimpleSpanProcessor(watched.exporter)
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [processor] }))
    traceContext.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
    await watched.start(folder)
    await drive(watched)
    metrics = await watched.metrics()
    await watched.close()
    await issuer.stop()
    for (const token of issuer.exchanged) watched.secrets.add('an exchanged token', token)
  }, 240_000)
  afterAll(() => {
    trace.disable()
    traceContext.disable()
    rmSync(folder, { recursive: true, force: true })
  })

  it('was driven through everything: answers, refusals, failures', () => {
    const statuses = new Set(watched.answers.map(({ status }) => status))
    expect([...statuses]).toEqual(expect.arrayContaining([200, 400, 401, 403, 404, 415, 431, 503]))
    const outcomes = new Set(watched.audited.map(({ outcome, reason }) => outcome ?? reason))
    expect([...outcomes]).toEqual(
      expect.arrayContaining(['answered', 'failed', 'tool-error', 'token-refused', 'issuer-unavailable']),
    )
    expect(watched.issuer.exchanged.size).toBeGreaterThan(5)
    expect(watched.runs).toBeGreaterThan(60)
    expect(watched.exporter.getFinishedSpans().length).toBeGreaterThan(50)
    console.info(
      `${watched.secrets.count} secrets looked for in ${watched.lines.length} log lines, ${watched.audited.length} audit records, ` +
        `${watched.answers.length} answers, ${watched.exporter.getFinishedSpans().length} spans and ${watched.reached.size} texts that ${watched.runs} handlers reached`,
    )
  })

  it('tells none of it in the log, at the level trace', () => {
    for (const secrets of [watched.secrets, watched.args]) expect(secrets.in(watched.lines.join(''))).toEqual([])
  })

  it('tells none of it in an audit record', () => {
    const records = JSON.stringify(watched.audited)
    for (const secrets of [watched.secrets, watched.args]) expect(secrets.in(records)).toEqual([])
  })

  it('tells none of it in an answer, its headers and its body', () => {
    const sent = watched.answers.map(({ headers, text }) => `${JSON.stringify(headers)}\n${text}`)
    expect(watched.secrets.in(sent.join('\n'))).toEqual([])
  })

  it('tells none of it in a metric', () => {
    expect(metrics).toContain('mcp_messages_total')
    for (const secrets of [watched.secrets, watched.args]) expect(secrets.in(metrics)).toEqual([])
  })

  it('tells none of it in a span', () => {
    const spans = watched.exporter.getFinishedSpans().map(({ name, attributes, events, status, links }) => ({
      ...{ name, attributes, events, status, links },
    }))
    for (const secrets of [watched.secrets, watched.args]) expect(secrets.in(JSON.stringify(spans))).toEqual([])
  })

  it('gives no handler any of it but the token that was exchanged, wherever the handler looks', () => {
    const texts = [...watched.reached].join('\n')
    // It did look: at the claims of the caller, and into prototypes.
    expect(texts).toContain('mallory')
    expect(texts).toContain('AbortSignal')
    expect(watched.secrets.in(texts)).toEqual([])
  })
})

describe('a server that cannot start', () => {
  it('tells no secret in what it says is wrong', async () => {
    const secrets = new Secrets()
    const secret = (what: string): string => secrets.add(what, random())
    const environment = {
      NODE_ENV: 'production',
      MCP_RESOURCE: `https://user:${secret('a password in an address')}@attack.example/mcp`,
      ATTACK_ISSUER: 'https://auth.example.com',
      ATTACK_EXCHANGE_SECRET: ` ${secret('a secret with a space')}`,
      METRICS_TOKEN: `${secret('a token of metrics')} "`,
      MCP_STATE_SECRET: secret('a secret of states').slice(0, 20),
      REDIS_URL: `http://:${secret('a password of a Redis')}@127.0.0.1`,
    }
    const error: unknown = await serverFactory(await generated())({ environment, logger: false }).catch(
      (thrown) => thrown,
    )
    expect(error).toBeInstanceOf(Error)
    expect(String(error)).toContain('5 problems')
    expect(secrets.in(inspect(error, { depth: 8 }))).toEqual([])
  })
})

describe('the search', () => {
  const secrets = new Secrets()
  secrets.add('a secret', 'abcdefghijklmnopqrstuvwxyz:%')
  secrets.addJwt('a token', 'eyJhbGciOiJFUzI1NiJ9.cGF5bG9hZHBheWxvYWQ.c2lnbmF0dXJlc2lnbmF0dXJl')

  it.each([
    ['whole', 'x abcdefghijklmnopqrstuvwxyz:% x'],
    ['a piece of twelve characters', 'x jklmnopqrstu x'],
    ['in a URL', 'abcdefghijklmnopqrstuvwxyz%3A%25'.slice(-12)],
    ['in a header', Buffer.from('abcdefghijklmnopqrstuvwxyz:%').toString('base64')],
    ['the claims of a token', 'cGF5bG9hZHBheWxvYWQ'],
    ['the end of a signature', 'dXJlc2lnbmF0dXJl'],
  ])('finds %s', (_, text) => expect(secrets.in(text)).toHaveLength(1))

  it.each([
    ['eleven characters', 'jklmnopqrst'],
    ['the header of every token', 'eyJhbGciOiJFUzI1NiJ9'],
  ])('does not mind %s', (_, text) => expect(secrets.in(text)).toEqual([]))

  it('reaches what a handler could: behind getters, prototypes, symbols, maps and closures that have a name', () => {
    class Holder {
      readonly #hidden = 'not-reachable'
      get behindGetter(): string {
        return `getter-${this.#hidden.length}`
      }
    }
    const held = Object.create({ inherited: 'inherited' })
    Object.defineProperty(held, 'hidden', { value: 'hidden', enumerable: false })
    held[Symbol('symbol')] = new Map([[{ key: 'map-key' }, new Set(['set-value'])]])
    held.getter = new Holder()
    held.bytes = Buffer.from('bytes')
    held.call = Object.assign(() => 'source-of-a-function', { property: 'property-of-a-function' })
    held.itself = held
    const texts = [...textsIn([held])].join('\n')
    const found = [
      'inherited',
      'hidden',
      'map-key',
      'set-value',
      'getter-13',
      'bytes',
      'property-of-a-function',
      'source-of-a-function',
    ]
    for (const text of found) expect(texts).toContain(text)
  })
})
